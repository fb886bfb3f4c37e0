'use client'

import { CloudOff, Timer } from 'lucide-react'
import Link from 'next/link'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { CopyButton } from '#ui/CopyButton'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { PageHeader } from '#ui/shell/PageHeader'
import { placeText } from '#web/components/execution/queue-place'
import { useQueuePlaces } from '#web/components/execution/use-queue-places'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'
import { ExecutionActions } from './ExecutionActions'

export function ExecutionHeader({ execution, isConnected }: { execution: Execution; isConnected: boolean }) {
  const tenant = useTenant()
  const { id, namespace, flowId, state } = execution
  const place = useQueuePlaces([execution]).get(id)
  return (
    <PageHeader
      crumbs={[
        { label: commonText.executions, href: `/${tenant}/executions` },
        { label: flowId, href: `/${tenant}/flows/${namespace}/${flowId}` },
      ]}
      title={
        <span className="font-mono text-[13px]" title={id}>
          {id.slice(0, 8)}
        </span>
      }
      note={
        <span className="flex items-center gap-2 text-[13px] text-muted" data-tour="execution-state">
          <CopyButton text={id} label={executionText.copyTheExecutionsId} />
          <StateBadge state={state.current} />
          {place && (
            <Link href={`/${tenant}/concurrency`} className="hover:text-accent hover:underline">
              {placeText(place)}
            </Link>
          )}
          <span className="flex items-center gap-1">
            <Timer className="size-3.5" aria-label={commonText.duration} />
            <Duration state={state} />
          </span>
          {!isConnected && (
            <span role="status" className="flex items-center gap-1 text-warning">
              <CloudOff className="size-3.5" aria-hidden /> {executionText.reconnecting}
            </span>
          )}
        </span>
      }
      actions={<ExecutionActions execution={execution} />}
    />
  )
}
