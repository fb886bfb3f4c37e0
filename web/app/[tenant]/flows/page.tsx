import type { Metadata } from 'next'
import { FlowsPage } from './FlowsPage'

export const metadata: Metadata = { title: 'Flows' }

export default function Page() {
  return <FlowsPage />
}
