import { useId } from 'react'
import { triggerText } from '#text/trigger'
import { Alert } from '#ui/ui/alert'
import { Switch } from '#ui/ui/switch'
import { messageOf } from '#web/components/request-error'
import { formatDuration } from '#web/components/time'
import type { BackfillEstimate as Estimate } from '#web/server/triggers/trigger-record'
import { DueDate } from './DueDate'

/** What a backfill comes to, before it starts; many executions are asked about. */
export function BackfillEstimate({
  estimate,
  error,
  isConfirmed,
  onConfirm,
  zone,
}: {
  estimate: Estimate | undefined
  error: unknown
  isConfirmed: boolean
  onConfirm: (isConfirmed: boolean) => void
  zone: string
}) {
  const id = useId()
  if (error) return <Alert tone="danger">{messageOf(error)}</Alert>
  if (estimate === undefined) return <p className="text-[13px] text-faint">{triggerText.chooseBothEnds}</p>
  if (estimate.total === 0) return <Alert tone="warning">{triggerText.noDateInRange}</Alert>
  return (
    <div role="status" className="space-y-2 rounded-md border bg-subtle px-3 py-2 text-[13px]">
      <p>
        <span className="font-medium">{countOf(estimate)}</span>
        <span className="text-muted">{howLong(estimate)}</span>
      </p>
      {estimate.firstDate && estimate.lastDate && (
        <p className="text-muted text-xs tabular-nums">
          {triggerText.range(
            <DueDate date={estimate.firstDate} zone={zone} />,
            <DueDate date={estimate.lastDate} zone={zone} />,
          )}
        </p>
      )}
      {estimate.needsConfirmation && (
        <label htmlFor={id} className="flex items-center gap-2 text-warning">
          <Switch id={id} checked={isConfirmed} onCheckedChange={onConfirm} />
          {(estimate.isExact ? triggerText.confirmExactly : triggerText.confirmRoughly)(
            estimate.total.toLocaleString(),
          )}
        </label>
      )}
    </div>
  )
}

function countOf({ total, isExact, hasConditions }: Estimate): string {
  const { exactly, roughly, atMost, atMostRoughly } = triggerText
  const say = hasConditions ? (isExact ? atMost : atMostRoughly) : isExact ? exactly : roughly
  return say(total, total.toLocaleString())
}

function howLong({ total, executionMs, totalMs }: Estimate): string {
  if (executionMs === undefined || totalMs === undefined) return triggerText.oneAfterTheOther
  if (total === 1) return triggerText.about(formatDuration(executionMs))
  return triggerText.oneAfterOtherAbout(formatDuration(totalMs), formatDuration(executionMs))
}
