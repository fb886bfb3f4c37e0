/** The pages' only word with next-auth. */
import { signIn as nextSignIn, signOut as nextSignOut } from 'next-auth/react'

/** `refused`: the address and the password don't go together, or there were too many tries. */
export async function signIn(credentials: {
  email: string
  password: string
}): Promise<'ok' | 'refused' | 'unreachable'> {
  const reply = await nextSignIn('credentials', { ...credentials, redirect: false }).catch(() => undefined)
  if (!reply) return 'unreachable'
  return reply.ok && !reply.error ? 'ok' : 'refused'
}

export async function signOut(): Promise<void> {
  await nextSignOut({ redirect: false })
  window.location.assign('/sign-in')
}
