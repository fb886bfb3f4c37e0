import type { Metadata } from 'next'
import { dashboardText } from '#text/dashboard'
import { DashboardPage } from './DashboardPage'

export const metadata: Metadata = { title: dashboardText.dashboard }

export default function Page() {
  return <DashboardPage />
}
