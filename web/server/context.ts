import { clientIp } from './auth/client-ip'
import type { Principal } from './auth/principal'
import { readPrincipal } from './auth/read-principal'
import type { SessionRow } from './auth/session'
import { sessionCookie } from './auth/session-cookie'

/** What a procedure knows of its request. Nothing is looked up before it is asked for. */
export type Context = {
  clientIp: string
  userAgent: string
  /** Who asks, or null; looked up once per request, however many procedures a batch holds. */
  principal(): Promise<Principal | null>
  setSessionCookie(session: SessionRow): Promise<void>
}

export function createContext(request: Request, responseHeaders: Headers): Context {
  let principal: Promise<Principal | null> | undefined
  return {
    clientIp: clientIp(request.headers),
    userAgent: request.headers.get('user-agent') ?? '',
    principal: () => (principal ??= readPrincipal(request)),
    async setSessionCookie(session) {
      responseHeaders.append('set-cookie', await sessionCookie(session))
    },
  }
}
