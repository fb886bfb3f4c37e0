'use client'

import { dashboardText } from '#text/dashboard'
import { Dashboard, type DashboardPlace } from './Dashboard'
import { RangeSelect } from './RangeSelect'

/** The dashboard of a namespace or a flow, within the page of that. */
export function DashboardSection({ namespace, flowId }: DashboardPlace) {
  return (
    <section aria-label={dashboardText.dashboard}>
      <div className="flex items-center justify-end px-4 py-3 sm:px-6">
        <RangeSelect />
      </div>
      <Dashboard namespace={namespace} flowId={flowId} />
    </section>
  )
}
