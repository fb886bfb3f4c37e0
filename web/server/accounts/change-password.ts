import { database } from '#db/client'
import { hashPassword } from '#db/credentials'
import { requirePassword } from '../auth/require-password'
import type { LinkPurpose } from './account-link'
import { type AccountActor, noteAccount } from './note-account'

/** Sets another password and ends every session of the account but the one that asks. */
export async function changePassword(
  actor: AccountActor & { sessionId: string },
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { userId, sessionId } = actor
  await requirePassword(actor, current)
  const passwordHash = await hashPassword(password)
  await database().$transaction(async tx => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await tx.session.deleteMany({ where: { userId, id: { not: sessionId } } })
    // Links that somebody asked for before would set yet another one, or take the account elsewhere.
    const where = { userId, purpose: { in: ['RESET', 'EMAIL'] satisfies LinkPurpose[] }, usedAt: null }
    await tx.accountLink.updateMany({ where, data: { usedAt: new Date() } })
    await noteAccount(tx, actor, 'CHANGE_PASSWORD')
  })
}
