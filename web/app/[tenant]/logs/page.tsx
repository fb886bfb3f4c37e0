import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { LogsPage } from './LogsPage'

export const metadata: Metadata = { title: commonText.logs }

export default function Page() {
  return <LogsPage />
}
