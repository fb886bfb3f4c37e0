import type { ComponentProps } from 'react'
import { cn } from '#web/components/class-names'

/** A named part that scrolls by itself, reachable and scrolled by keyboard. */
export function ScrollRegion({ className, ...rest }: ComponentProps<'section'> & { 'aria-label': string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('h-full overflow-auto focus-visible:outline-offset-[-2px]', className)}
      {...rest}
    />
  )
}
