import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { VerifyPage } from './VerifyPage'

// The address is the key: it is not to be handed on.
export const metadata: Metadata = { title: authText.confirmYourAddress, referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ value: string }> }) {
  return <VerifyPage value={(await params).value} />
}
