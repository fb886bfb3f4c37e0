import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { AskResetPage } from './AskResetPage'

export const metadata: Metadata = { title: authText.newPassword }

export default function Page() {
  return <AskResetPage />
}
