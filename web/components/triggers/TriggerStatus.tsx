'use client'

import { CircleAlert, Lock } from 'lucide-react'
import Link from 'next/link'
import { triggerText } from '#text/trigger'
import { useTenant } from '#web/components/tenant'
import type { TriggerRecord } from '#web/server/triggers/trigger-record'

/** Whether a trigger would start its flow, and what keeps it from doing so. */
export function TriggerStatus({ trigger }: { trigger: TriggerRecord }) {
  const tenant = useTenant()
  const { executionId, error } = trigger
  return (
    <div className="space-y-0.5 text-xs">
      <p className="text-muted">{summaryOf(trigger)}</p>
      {executionId && (
        <p className="flex items-center gap-1 text-muted">
          <Lock className="size-3 shrink-0" aria-hidden />
          <span>
            {triggerText.waitsFor(
              <Link
                href={`/${tenant}/executions/${executionId}`}
                title={executionId}
                className="font-mono hover:text-accent hover:underline"
              >
                {executionId.slice(0, 8)}
              </Link>,
            )}
          </span>
        </p>
      )}
      {error && (
        <p className="flex items-start gap-1 text-danger">
          <CircleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
          <span className="line-clamp-2 break-words" title={error}>
            {error}
          </span>
        </p>
      )}
    </div>
  )
}

function summaryOf({ disabled, disabledByFlow, disabledReason, backfill }: TriggerRecord): string {
  if (disabledByFlow) return triggerText.disabledByTheFlow
  if (disabled) return disabledReason ? triggerText.disabledBecause(disabledReason) : triggerText.disabled
  if (backfill) return backfill.paused ? triggerText.backfillPaused : triggerText.backfillRuns
  return triggerText.enabled
}
