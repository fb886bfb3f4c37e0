import type { Metadata } from 'next'
import { authText } from '#text/auth'
import { SignInPage } from './SignInPage'

export const metadata: Metadata = { title: authText.signIn }

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string; error?: string }> }) {
  const { next, error } = await searchParams
  return <SignInPage next={next} error={error} />
}
