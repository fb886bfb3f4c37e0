import type { AccountActor } from '../accounts/note-account'
import type { SessionPrincipal } from '../auth/principal'

/** Who changes their own account, and from where. */
export function actorOf(ctx: { principal: SessionPrincipal; clientIp: string }): AccountActor & { sessionId: string } {
  const { userId, email, sessionId } = ctx.principal
  return { userId, email, sessionId, ip: ctx.clientIp }
}
