import { findToken } from '../tokens/find-token'
import type { Principal } from './principal'
import { requireSameOrigin } from './same-origin'
import { findSession } from './session'
import { readSessionId } from './session-cookie'

const bearer = /^Bearer +(\S+)$/i

/** A request's sender, by its token or else by its cookie; null for nobody. A bad token never falls back to the cookie. */
export async function readPrincipal(request: Request): Promise<Principal | null> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const value = bearer.exec(authorization)?.[1]
    return value === undefined ? null : findToken(value)
  }
  const sessionId = await readSessionId(request.headers.get('cookie'))
  if (sessionId === null) return null
  const session = await findSession(sessionId)
  if (session === null) return null
  requireSameOrigin(request)
  return { kind: 'session', ...session }
}
