import type { Metadata } from 'next'
import { settingsText } from '#text/settings'
import { BillingPage } from './BillingPage'

export const metadata: Metadata = { title: settingsText.planAndUsage }

export default function Page() {
  return <BillingPage />
}
