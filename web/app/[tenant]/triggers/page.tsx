import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { TriggersPage } from './TriggersPage'

export const metadata: Metadata = { title: commonText.triggers }

export default function Page() {
  return <TriggersPage />
}
