'use client'
/** For forms of the browser: the only other place that knows of next-auth. */
import { signIn as nextSignIn, signOut as nextSignOut } from 'next-auth/react'

/** True when signed in; false when the address and the password don't go together, or there were too many tries. */
export async function signIn(credentials: { email: string; password: string }): Promise<boolean> {
  const reply = await nextSignIn('credentials', { ...credentials, redirect: false })
  return reply?.ok === true && !reply.error
}

export async function signOut(): Promise<void> {
  await nextSignOut({ callbackUrl: '/sign-in' })
}
