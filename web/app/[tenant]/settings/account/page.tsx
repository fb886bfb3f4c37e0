import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { AccountPage } from './AccountPage'

export const metadata: Metadata = { title: commonText.yourAccount }

export default function Page() {
  return <AccountPage />
}
