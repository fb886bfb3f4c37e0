import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { ChangeEmailPage } from './ChangeEmailPage'

// The address is the key: it is not to be handed on.
export const metadata: Metadata = { title: authText.confirmYourNewAddress, referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ value: string }> }) {
  return <ChangeEmailPage value={(await params).value} />
}
