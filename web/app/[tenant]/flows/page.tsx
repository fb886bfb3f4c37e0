import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { FlowsPage } from './FlowsPage'

export const metadata: Metadata = { title: commonText.flows }

export default function Page() {
  return <FlowsPage />
}
