import { z } from 'zod'
import type { Principal } from '../auth/principal'

/** Who stands in an audit entry. The name is that of the day: accounts are renamed, and go. */
export const Actor = z.object({
  userId: z.string(),
  /** E-mail address of the day, a program's name; of a token's holder the database puts it in (migration 0082). */
  name: z.string().optional(),
  /** `system`: Millrace itself, or what Stripe told it. */
  via: z.enum(['session', 'token', 'system']),
  tokenId: z.string().optional(),
  /** The token's name of the day. */
  token: z.string().optional(),
  ip: z.string(),
})
export type Actor = z.infer<typeof Actor>

/** As the database keeps it (setting `app.actor`). */
export function describeActor(principal: Principal, ip: string): string {
  const actor: Actor =
    principal.kind === 'session'
      ? { userId: principal.userId, name: principal.email, via: 'session', ip }
      : { userId: principal.userId, via: 'token', tokenId: principal.tokenId, ip }
  return JSON.stringify(actor)
}
