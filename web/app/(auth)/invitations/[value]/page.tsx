import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { InvitationPage } from './InvitationPage'

// The address is the key: it is not to be handed on.
export const metadata: Metadata = { title: authText.invitation, referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ value: string }> }) {
  return <InvitationPage value={(await params).value} />
}
