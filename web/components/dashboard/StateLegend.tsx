'use client'

import Link from 'next/link'
import { executionsHref } from '#web/components/execution/filters'
import { chartTones, stateLook } from '#web/components/execution/states'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import type { DashboardPlace } from './Dashboard'
import { shownStates } from './shown-states'

/** Which colour is which state, how many each has, and the way to them. */
export function StateLegend({ data, place }: { data: Outputs['dashboard']['read']; place: DashboardPlace }) {
  const tenant = useTenant()
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {shownStates(data.states).map(state => (
        <li key={state}>
          <Link
            href={executionsHref(tenant, {
              ...{ state, namespace: place.namespace, flow: place.flowId, from: data.since },
            })}
            className="flex items-center gap-1.5 text-muted hover:text-fg hover:underline"
          >
            <span
              className="size-2.5 rounded-sm"
              style={{ background: chartTones[stateLook(state).tone] }}
              aria-hidden
            />
            {stateLook(state).label}
            <span className="tabular-nums">{data.states[state]?.toLocaleString()}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
