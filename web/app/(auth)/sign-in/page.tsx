import type { Metadata } from 'next'
import { SignInPage } from './SignInPage'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  return <SignInPage next={(await searchParams).next} />
}
