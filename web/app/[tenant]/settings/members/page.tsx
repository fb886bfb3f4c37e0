import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { MembersPage } from './MembersPage'

export const metadata: Metadata = { title: commonText.members }

export default function Page() {
  return <MembersPage />
}
