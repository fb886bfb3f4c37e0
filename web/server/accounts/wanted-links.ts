import { z } from 'zod'
import { database } from '#db/client'
import type { Scope } from '../access/tenant-scope'
import { hasMail } from '../mail/send-mail'
import { ownsAllOf } from './owns-all'

/** A link that an owner may hand to a member: to confirm their address, or to set the new password they asked for. */
export const WantedLink = z.object({ userId: z.string(), purpose: z.enum(['VERIFY', 'RESET']) })
export type WantedLink = z.infer<typeof WantedLink>

/** Whether somebody asked for a new password, and it is not set yet. */
export async function isResetWanted(userId: string): Promise<boolean> {
  const where = { userId, purpose: 'RESET', usedAt: null, issuedBy: null, expiresAt: { gt: new Date() } }
  return (await database().accountLink.count({ where })) > 0
}

/** The links that the sender may hand to members of a tenant; none where mails are sent. */
export async function listWantedLinks({ db, tenantId, userId: ownerId }: Scope): Promise<WantedLink[]> {
  if (hasMail()) return []
  const members = await db.membership.findMany({
    where: { tenantId, userId: { not: ownerId }, user: { serviceOf: null } },
    select: { userId: true, user: { select: { emailVerifiedAt: true } } },
    orderBy: { createdAt: 'asc' },
  })
  const wanted = await Promise.all(
    members.map(async ({ userId, user }): Promise<WantedLink[]> => {
      if (!(await ownsAllOf(ownerId, userId))) return []
      return [
        ...(user.emailVerifiedAt === null ? [{ userId, purpose: 'VERIFY' as const }] : []),
        ...((await isResetWanted(userId)) ? [{ userId, purpose: 'RESET' as const }] : []),
      ]
    }),
  )
  return wanted.flat()
}
