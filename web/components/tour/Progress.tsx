import { tourText } from '#text/tour'
import { cn } from '#web/components/class-names'
import { viewCount } from './views'

/** How far one is, a dot a view. */
export function Progress({ position }: { position: number }) {
  return (
    <span role="img" aria-label={tourText.stepOf(position, viewCount)} className="flex gap-1">
      {Array.from({ length: viewCount }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: dots are all alike and never move
          key={index}
          className={cn('size-1.5 rounded-full', index < position ? 'bg-accent' : 'bg-line-strong')}
        />
      ))}
    </span>
  )
}
