'use client'

import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { cn } from '#web/components/class-names'
import type { BackfillRecord, TriggerRecord } from '#web/server/triggers/trigger-record'
import { DueDate } from './DueDate'
import { useTriggerActions } from './use-trigger-actions'
import { zoneOf } from './zone-of'

/** How far a backfill is, and what can be done with it. */
export function BackfillProgress({ trigger, backfill }: { trigger: TriggerRecord; backfill: BackfillRecord }) {
  const [isCancelling, setIsCancelling] = useState(false)
  const { pauseBackfill, continueBackfill, cancelBackfill } = useTriggerActions(trigger)
  const { done, total, isExact, paused, problem, currentDate, start, end } = backfill
  const zone = zoneOf(trigger)
  const say = isExact ? triggerText.doneOf : triggerText.doneOfAbout
  const text = say(done.toLocaleString(), total.toLocaleString())
  const [from, to] = [<DueDate key="from" date={start} zone={zone} />, <DueDate key="to" date={end} zone={zone} />]
  return (
    <section aria-label={triggerText.backfillOf(trigger.triggerId)} className="rounded-lg border bg-subtle px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-56 text-[13px]">
          <span className="font-medium">{paused ? triggerText.backfillPaused : triggerText.backfill}</span>{' '}
          <span className="text-muted tabular-nums">{text}</span>
          <span className="block text-muted text-xs">
            {currentDate
              ? triggerText.rangeNowAt(from, to, <DueDate date={currentDate} zone={zone} />)
              : triggerText.range(from, to)}
          </span>
        </p>
        <div className="flex gap-2">
          {paused ? (
            <Button size="sm" isBusy={continueBackfill.isBusy} onClick={continueBackfill.run}>
              <Play aria-hidden /> {triggerText.continue}
            </Button>
          ) : (
            <Button size="sm" isBusy={pauseBackfill.isBusy} onClick={pauseBackfill.run}>
              <Pause aria-hidden /> {triggerText.pause}
            </Button>
          )}
          <Button size="sm" variant="danger" onClick={() => setIsCancelling(true)}>
            <X aria-hidden /> {commonText.cancel}
          </Button>
        </div>
      </div>
      {problem && <p className="mt-1.5 text-danger text-xs">{triggerText.pausedByItself(problem)}</p>}
      <ProgressBar value={done} max={total} text={text} isPaused={paused} />
      <ConfirmDialog
        isOpen={isCancelling}
        onClose={() => setIsCancelling(false)}
        title={triggerText.askToCancel}
        text={triggerText.whatCancellingDoes}
        action={triggerText.cancelTheBackfill}
        isBusy={cancelBackfill.isBusy}
        onConfirm={() => {
          cancelBackfill.run()
          setIsCancelling(false)
        }}
      />
    </section>
  )
}

function ProgressBar({ value, max, text, isPaused }: { value: number; max: number; text: string; isPaused: boolean }) {
  return (
    <div
      role="progressbar"
      aria-label={triggerText.datesReplayed}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="mt-2 h-1.5 overflow-hidden rounded-full bg-line-strong"
    >
      <div
        className={cn('h-full rounded-full transition-[width]', isPaused ? 'bg-violet' : 'bg-accent')}
        style={{ width: `${max === 0 ? 0 : (100 * value) / max}%` }}
      />
    </div>
  )
}
