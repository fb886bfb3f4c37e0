/** For server components: who is signed in. */
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { findSession, type SessionUser } from './session'
import { readSessionId } from './session-cookie'
import { authSettings } from './settings'

/** The signed-in user of the page being rendered, or null. Asked once per rendering. */
export const auth = cache(async (): Promise<SessionUser | null> => {
  const { cookieName } = authSettings()
  const value = (await cookies()).get(cookieName)?.value
  const sessionId = value === undefined ? null : await readSessionId(`${cookieName}=${value}`)
  return sessionId === null ? null : findSession(sessionId)
})

/** The signed-in user; anyone else is sent to the sign-in page, which brings them back to `returnTo`. */
export async function requireSession(returnTo?: string): Promise<SessionUser> {
  const user = await auth()
  if (user !== null) return user
  redirect(returnTo === undefined ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
}
