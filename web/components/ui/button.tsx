import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '#web/components/class-names'

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-fg hover:bg-hover',
  ghost: 'text-muted hover:bg-hover hover:text-fg',
  danger: 'border border-danger/40 bg-surface text-danger hover:bg-danger-soft',
}
const sizes = {
  sm: 'h-7 gap-1.5 px-2.5 text-[13px]',
  md: 'h-8 gap-1.5 px-3 text-[13px]',
  lg: 'h-10 gap-2 px-4 text-sm',
  icon: 'size-8 shrink-0',
}

export type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
  /** Renders the only child (a link) with the button's look. */
  asChild?: boolean
  isBusy?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'md',
  asChild,
  isBusy,
  className,
  children,
  ...rest
}: ButtonProps) {
  const look = cn(
    'inline-flex select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors',
    'disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    variants[variant],
    sizes[size],
    className,
  )
  if (asChild) {
    return (
      <Slot.Root className={look} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button type="button" className={look} aria-busy={isBusy} disabled={isBusy || rest.disabled} {...rest}>
      {isBusy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
