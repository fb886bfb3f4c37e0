/** The cookie of a session: next-auth's encrypted token, with nothing in it but the id of our session row. */

import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { parseCookie } from './parse-cookie'
import type { SessionRow } from './session'
import { authSettings } from './settings'

const SessionToken = z.object({ sid: z.uuid() })

/** What the token holds, and all it holds. */
export function sessionToken(sessionId: string): z.infer<typeof SessionToken> {
  return { sid: sessionId }
}

export function sessionIdOf(token: unknown): string | null {
  const parsed = SessionToken.safeParse(token)
  return parsed.success ? parsed.data.sid : null
}

/** The `Set-Cookie` header of a session just made. */
export async function sessionCookie(session: SessionRow): Promise<string> {
  const { secret, cookieName, isSecure, sessionMaxAgeS } = authSettings()
  const value = await encode({ token: sessionToken(session.id), secret, maxAge: sessionMaxAgeS })
  const attributes = [`${cookieName}=${value}`, 'Path=/', `Max-Age=${sessionMaxAgeS}`, 'HttpOnly', 'SameSite=Lax']
  return [...attributes, ...(isSecure ? ['Secure'] : [])].join('; ')
}

/** The session named by a `Cookie` header; null where there is none or it was not made by us. */
export async function readSessionId(cookieHeader: string | null): Promise<string | null> {
  const { secret, cookieName } = authSettings()
  const token = parseCookie(cookieHeader ?? '', cookieName)
  if (token === null) return null
  try {
    return sessionIdOf(await decode({ token, secret }))
  } catch {
    // Forged, expired, or of an installation with another secret.
    return null
  }
}
