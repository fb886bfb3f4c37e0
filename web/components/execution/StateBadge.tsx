import { cn } from '#web/components/class-names'
import { badgeTones, stateLook } from './states'

/** `isPast`: the state was left since, so that nothing moves. */
export function StateBadge({ state, isPast, className }: { state: string; isPast?: boolean; className?: string }) {
  const { label, icon: Icon, tone, isMoving } = stateLook(state)
  return (
    <span
      data-state={state}
      className={cn(
        'inline-flex h-5.5 shrink-0 items-center gap-1 rounded-full pr-2 pl-1.5 font-medium text-xs',
        badgeTones[tone],
        className,
      )}
    >
      <Icon className={cn('size-3.5', isMoving && !isPast && 'animate-spin')} aria-hidden />
      {label}
    </span>
  )
}
