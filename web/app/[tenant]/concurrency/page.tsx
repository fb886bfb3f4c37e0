import type { Metadata } from 'next'
import { executionText } from '#text/execution'
import { ConcurrencyPage } from './ConcurrencyPage'

export const metadata: Metadata = { title: executionText.concurrencyLimits }

export default function Page() {
  return <ConcurrencyPage />
}
