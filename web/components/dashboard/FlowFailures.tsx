'use client'

import Link from 'next/link'
import { dashboardText } from '#text/dashboard'
import { executionsHref } from '#web/components/execution/filters'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { formatShare } from './Tiles'

const mostFlows = 5

/** Flows that failed most in the range; each number opens the executions behind it. */
export function FlowFailures({ data }: { data: Outputs['dashboard']['read'] }) {
  const tenant = useTenant()
  const failing = data.flows.filter(({ failed }) => failed > 0).slice(0, mostFlows)
  if (failing.length === 0) return <p className="py-6 text-[13px] text-muted">{dashboardText.noFlowHasFailed}</p>
  const most = Math.max(...failing.map(({ failed }) => failed))
  return (
    <ol className="divide-y">
      {failing.map(({ namespace, flowId, failed, executions }) => (
        <li key={`${namespace}.${flowId}`} className="flex items-center gap-3 py-1.5 text-[13px]">
          <Link
            href={`/${tenant}/flows/${namespace}/${flowId}`}
            className="min-w-0 flex-1 hover:text-accent hover:underline"
          >
            <span className="block truncate font-medium">{flowId}</span>
            <span className="block truncate text-muted text-xs">{namespace}</span>
          </Link>
          <span className="hidden h-1.5 w-24 overflow-hidden rounded-full bg-hover sm:block" aria-hidden>
            <span className="block h-full rounded-full bg-danger" style={{ width: `${(failed / most) * 100}%` }} />
          </span>
          <Link
            href={executionsHref(tenant, { namespace, flow: flowId, state: 'FAILED', from: data.since })}
            className="w-24 shrink-0 text-right tabular-nums hover:underline"
            title={dashboardText.ofFailed(failed, executions)}
          >
            <span className="font-medium text-danger">{failed.toLocaleString()}</span>
            <span className="block text-faint text-xs">{formatShare(failed / executions)}</span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
