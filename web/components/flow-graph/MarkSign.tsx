import { cn } from '#web/components/class-names'
import type { Mark } from './mark'
import { markLooks } from './mark-looks'

export function MarkSign({ mark }: { mark: Mark }) {
  const { icon: Icon, text, isMoving } = markLooks[mark.tone]
  return (
    <span title={mark.label} className={cn('shrink-0', text)}>
      <Icon className={cn('size-4', isMoving && 'animate-spin')} aria-hidden />
      <span className="sr-only">{mark.label}</span>
    </span>
  )
}
