import type { Metadata } from 'next'
import { NewFlowPage } from './NewFlowPage'

export const metadata: Metadata = { title: 'New flow' }

export default async function Page({ searchParams }: { searchParams: Promise<{ example?: string }> }) {
  return <NewFlowPage example={(await searchParams).example} />
}
