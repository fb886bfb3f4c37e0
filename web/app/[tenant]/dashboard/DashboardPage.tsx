'use client'

import { dashboardText } from '#text/dashboard'
import { Dashboard } from '#ui/dashboard/Dashboard'
import { RangeSelect } from '#ui/dashboard/RangeSelect'
import { PageHeader } from '#ui/shell/PageHeader'

export function DashboardPage() {
  return (
    <>
      <PageHeader title={dashboardText.dashboard} actions={<RangeSelect />} />
      <Dashboard />
    </>
  )
}
