import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { ExecutionsPage } from './ExecutionsPage'

export const metadata: Metadata = { title: commonText.executions }

export default function Page() {
  return <ExecutionsPage />
}
