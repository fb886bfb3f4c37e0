'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LabelList, shownLabels } from '#ui/execution/LabelList'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { FailureCard } from './FailureCard'
import { InputsTable } from './InputsTable'
import { StateTimeline } from './StateTimeline'
import { TaskStates } from './TaskStates'

export function OverviewTab({ execution, onShowLogs }: { execution: Execution; onShowLogs: (task?: string) => void }) {
  return (
    <div className="grid gap-x-8 gap-y-6 p-4 sm:p-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 space-y-6">
        {execution.state.current === 'FAILED' && (
          <FailureCard key={execution.metadata.attemptNumber} execution={execution} onShowLogs={onShowLogs} />
        )}
        <Section title={executionText.tasks}>
          <TaskStates execution={execution} onShowLogs={onShowLogs} />
        </Section>
        <Section title={executionText.inputs}>
          <InputsTable execution={execution} />
        </Section>
      </div>
      <aside className="space-y-6">
        <Section title={executionText.details}>
          <Details execution={execution} />
        </Section>
        <Section title={executionText.states}>
          <StateTimeline state={execution.state} />
        </Section>
      </aside>
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 font-medium text-[13px] text-muted">{title}</h2>
      {children}
    </section>
  )
}

function Details({ execution }: { execution: Execution }) {
  const tenant = useTenant()
  const { id, namespace, flowId, flowRevision, originalId, trigger, metadata, labels, state, scheduleDate } = execution
  const isPlayed = execution.kind === 'PLAYGROUND'
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1.5 text-[13px] [&_dt]:text-faint">
      <dt>{commonText.flow}</dt>
      <dd className="truncate">
        <Link href={`/${tenant}/flows/${namespace}/${flowId}`} className="hover:text-accent hover:underline">
          {flowId}
        </Link>
      </dd>
      <dt>{commonText.namespace}</dt>
      <dd className="truncate">{namespace}</dd>
      <dt>{executionText.revision}</dt>
      <dd>{flowRevision}</dd>
      {isPlayed && (
        <>
          <dt>{commonText.kind}</dt>
          <dd>{executionText.playgroundRun}</dd>
        </>
      )}
      <dt>{scheduleDate ? commonText.created : executionText.started}</dt>
      <dd suppressHydrationWarning>{new Date(state.startDate).toLocaleString()}</dd>
      {scheduleDate && (
        <>
          <dt>{executionText.begins}</dt>
          <dd suppressHydrationWarning>{new Date(scheduleDate).toLocaleString()}</dd>
        </>
      )}
      {metadata.attemptNumber > 1 && (
        <>
          <dt>{executionText.attempt}</dt>
          <dd>{metadata.attemptNumber}</dd>
        </>
      )}
      {trigger && (
        <>
          <dt>{commonText.trigger}</dt>
          <dd className="truncate">{trigger.id}</dd>
        </>
      )}
      {originalId !== id && (
        <>
          <dt>{executionText.replayOf}</dt>
          <dd>
            <Link
              href={`/${tenant}/executions/${originalId}`}
              className="font-mono text-xs hover:text-accent hover:underline"
            >
              {originalId.slice(0, 8)}
            </Link>
          </dd>
        </>
      )}
      {shownLabels(labels).length > 0 && (
        <>
          <dt>{executionText.labels}</dt>
          <dd>
            <LabelList labels={labels} />
          </dd>
        </>
      )}
    </dl>
  )
}
