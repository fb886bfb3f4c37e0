import type { Metadata } from 'next'
import { commonText } from '#text/common'
import { AccountRedirect } from './AccountRedirect'

export const metadata: Metadata = { title: commonText.yourAccount }

export default function Page() {
  return <AccountRedirect />
}
