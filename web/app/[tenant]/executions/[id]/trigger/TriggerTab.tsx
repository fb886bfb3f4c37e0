'use client'

import { Hand } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { isJsonObject } from '#language/json'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { EmptyState } from '#ui/ui/empty-state'
import { ValueTree } from '#ui/values/ValueTree'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'

/** What started an execution: a trigger with what it gave, another execution, a date, or somebody. */
export function TriggerTab({ execution }: { execution: Execution }) {
  const tenant = useTenant()
  const { id, namespace, flowId, trigger, parentId, originalId, scheduleDate } = execution
  if (!trigger && !parentId && !scheduleDate && originalId === id) {
    return <EmptyState icon={Hand} title={executionText.startedByHand} text={executionText.whoStartedIt} />
  }
  const link = 'font-mono text-xs hover:text-accent hover:underline'
  return (
    <div className="max-w-5xl space-y-4 p-4 sm:p-6">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-1.5 text-[13px] [&_dt]:text-faint">
        {trigger && (
          <>
            <Row label={parentId ? executionText.calledByTask : commonText.trigger}>
              {parentId ? (
                trigger.id
              ) : (
                <Link
                  href={`/${tenant}/flows/${namespace}/${flowId}?tab=triggers`}
                  className="hover:text-accent hover:underline"
                >
                  {trigger.id}
                </Link>
              )}
            </Row>
            <Row label={commonText.type}>
              <span className="break-all font-mono text-xs">{trigger.type}</span>
            </Row>
          </>
        )}
        {parentId && (
          <Row label={executionText.parentExecution}>
            <Link href={`/${tenant}/executions/${parentId}`} className={link}>
              {parentId}
            </Link>
          </Row>
        )}
        {originalId !== id && (
          <Row label={executionText.replayOf}>
            <Link href={`/${tenant}/executions/${originalId}`} className={link}>
              {originalId}
            </Link>
          </Row>
        )}
        {scheduleDate && <Row label={executionText.due}>{new Date(scheduleDate).toLocaleString()}</Row>}
      </dl>
      {isJsonObject(trigger?.variables) && Object.keys(trigger.variables).length > 0 && (
        <section className="rounded-lg border">
          <h2 className="border-b bg-subtle px-3 py-1.5 font-medium text-[13px]">{executionText.whatItGave}</h2>
          <div className="p-1.5">
            <ValueTree value={trigger.variables} path="trigger" executionId={id} />
          </div>
        </section>
      )}
    </div>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="min-w-0" suppressHydrationWarning>
        {children}
      </dd>
    </>
  )
}
