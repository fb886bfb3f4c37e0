'use client'

import { CloudOff, Timer } from 'lucide-react'
import { CopyButton } from '#ui/CopyButton'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { PageHeader } from '#ui/shell/PageHeader'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { ExecutionActions } from './ExecutionActions'

export function ExecutionHeader({ execution, isConnected }: { execution: Execution; isConnected: boolean }) {
  const tenant = useTenant()
  const { id, namespace, flowId, state } = execution
  return (
    <PageHeader
      crumbs={[
        { label: 'Executions', href: `/${tenant}/executions` },
        { label: flowId, href: `/${tenant}/flows/${namespace}/${flowId}` },
      ]}
      title={
        <span className="font-mono text-[13px]" title={id}>
          {id.slice(0, 8)}
        </span>
      }
      note={
        <span className="flex items-center gap-2 text-[13px] text-muted">
          <CopyButton text={id} label="Copy the execution's id" />
          <StateBadge state={state.current} />
          <span className="flex items-center gap-1">
            <Timer className="size-3.5" aria-label="Duration" />
            <Duration state={state} />
          </span>
          {!isConnected && (
            <span role="status" className="flex items-center gap-1 text-warning">
              <CloudOff className="size-3.5" aria-hidden /> Reconnecting…
            </span>
          )}
        </span>
      }
      actions={<ExecutionActions execution={execution} />}
    />
  )
}
