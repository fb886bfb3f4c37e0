import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { SignUpPage } from './SignUpPage'

export const metadata: Metadata = { title: authText.signUp }

export default function Page() {
  return <SignUpPage />
}
