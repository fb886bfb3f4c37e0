/** The pages' only word with next-auth. */

/** Loaded when used: every page has the menu to sign out, and few ever do. */
const nextAuth = () => import('next-auth/react')

/** What the server calls a missing code (web/server/auth/sign-in-with-password.ts). */
const codeRequired = 'CodeRequired'

/**
 * `codeNeeded`: the password is right, and the account has a second factor. `refused`: the address and the password, or the
 * code, don't go together, or there were too many tries.
 */
export async function signIn(credentials: {
  email: string
  password: string
  code?: string
}): Promise<'ok' | 'codeNeeded' | 'refused' | 'unreachable'> {
  const reply = await nextAuth()
    .then(({ signIn }) => signIn('credentials', { ...credentials, redirect: false }))
    .catch(() => undefined)
  if (!reply) return 'unreachable'
  if (reply.error === codeRequired) return 'codeNeeded'
  return reply.ok && !reply.error ? 'ok' : 'refused'
}

/** Leaves for the OIDC issuer of this installation, and comes back to a path of ours. */
export async function signInAtIssuer(path: string): Promise<void> {
  await (await nextAuth()).signIn('oidc', { callbackUrl: path })
}

export async function signOut(): Promise<void> {
  await (await nextAuth()).signOut({ redirect: false })
  window.location.assign('/sign-in')
}
