import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { ResetPage } from './ResetPage'

// The address is the key: it is not to be handed on.
export const metadata: Metadata = { title: authText.newPassword, referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ value: string }> }) {
  return <ResetPage value={(await params).value} />
}
