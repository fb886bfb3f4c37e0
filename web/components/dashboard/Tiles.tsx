'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { isTerminal } from '#language/states'
import { commonText } from '#text/common'
import { dashboardText } from '#text/dashboard'
import { executionsHref } from '#web/components/execution/filters'
import { useTenant } from '#web/components/tenant'
import { formatDuration } from '#web/components/time'
import type { Outputs } from '#web/components/trpc'
import type { DashboardPlace } from './Dashboard'
import { successRate, sumOf } from './shown-states'

type Data = Outputs['dashboard']['read']

/** The few numbers that one looks for first; each opens the executions behind it. */
export function Tiles({ data, place }: { data: Data; place: DashboardPlace }) {
  const tenant = useTenant()
  const { states, open, p50Ms, p95Ms, since } = data
  const of = { namespace: place.namespace, flow: place.flowId }
  const rate = successRate(states)
  const waiting = (open.QUEUED ?? 0) + (open.CREATED ?? 0)
  const failed = states.FAILED ?? 0
  const openStates = Object.keys(open).filter(state => !isTerminal(state))
  return (
    <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile
        label={commonText.executions}
        value={sumOf(states).toLocaleString()}
        note={failed > 0 ? dashboardText.failed(failed.toLocaleString()) : undefined}
        href={executionsHref(tenant, { ...of, from: since })}
      />
      <Tile
        label={dashboardText.successRate}
        value={rate === undefined ? '–' : formatShare(rate)}
        note={rate === undefined ? dashboardText.nothingEnded : dashboardText.ofThoseThatEnded}
        href={executionsHref(tenant, { ...of, from: since, state: 'FAILED' })}
      />
      <Tile
        label={commonText.duration}
        value={p50Ms === undefined ? '–' : formatDuration(p50Ms)}
        note={p95Ms === undefined ? undefined : dashboardText.most95Within(formatDuration(p95Ms))}
        href={executionsHref(tenant, { ...of, from: since })}
      />
      <Tile
        label={dashboardText.runningNow}
        value={(sumOf(open) - waiting).toLocaleString()}
        note={waiting > 0 ? dashboardText.waiting(waiting.toLocaleString()) : dashboardText.noneWaits}
        href={executionsHref(tenant, { ...of, state: openStates.join(',') || 'RUNNING' })}
      />
    </ul>
  )
}

/** Never says 100 % where something failed. */
export function formatShare(share: number): string {
  const percent = Math.floor(share * 1000) / 10
  return `${percent.toLocaleString()} %`
}

function Tile({ label, value, note, href }: { label: string; value: string; note: ReactNode; href: string }) {
  return (
    <li>
      <Link
        href={href}
        className="block h-full rounded-lg border bg-surface px-4 py-3 transition-colors hover:bg-hover"
      >
        <span className="block text-muted text-xs">{label}</span>
        <span className="mt-0.5 block font-semibold text-xl tabular-nums leading-tight">{value}</span>
        <span className="block min-h-4.5 text-faint text-xs tabular-nums">{note}</span>
      </Link>
    </li>
  )
}
