/** The pages' only word with next-auth. */

/** Loaded when used: every page has the menu to sign out, and few ever do. */
const nextAuth = () => import('next-auth/react')

/** `refused`: the address and the password don't go together, or there were too many tries. */
export async function signIn(credentials: {
  email: string
  password: string
}): Promise<'ok' | 'refused' | 'unreachable'> {
  const reply = await nextAuth()
    .then(({ signIn }) => signIn('credentials', { ...credentials, redirect: false }))
    .catch(() => undefined)
  if (!reply) return 'unreachable'
  return reply.ok && !reply.error ? 'ok' : 'refused'
}

export async function signOut(): Promise<void> {
  await (await nextAuth()).signOut({ redirect: false })
  window.location.assign('/sign-in')
}
