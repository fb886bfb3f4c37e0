import { z } from 'zod'
import { database } from '#db/client'
import { deviceName } from '../auth/device-name'
import { isLive } from '../auth/session'
import { AppError } from '../errors/app-error'
import { Timestamp } from '../schemas'
import { type AccountActor, noteAccount } from './note-account'

export const Session = z.object({
  id: z.string(),
  /** As far as the browser says: `Firefox on Linux`. */
  device: z.string(),
  /** The network address it was begun from; empty where it is not known. */
  address: z.string(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** Where the account is signed in, the last seen in front. */
export async function listSessions({ userId, sessionId }: { userId: string; sessionId: string }): Promise<Session[]> {
  const where = { userId, ...isLive(Date.now()) }
  const rows = await database().session.findMany({ where, orderBy: { lastSeenAt: 'desc' }, take: 200 })
  return rows.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
    id,
    device: deviceName(userAgent),
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isCurrent: id === sessionId,
  }))
}

/** Signs one of the account's browsers out. */
export async function endSession(actor: AccountActor, id: string): Promise<void> {
  const count = await endSessions(actor, { id })
  if (count === 0) throw new AppError('NOT_FOUND', 'This session has ended already')
}

/** Signs all browsers of the account out but the one that asks; how many. */
export async function endOtherSessions(actor: AccountActor & { sessionId: string }): Promise<number> {
  return await endSessions(actor, { id: { not: actor.sessionId } })
}

async function endSessions(actor: AccountActor, which: { id: string | { not: string } }): Promise<number> {
  const { userId } = actor
  return await database().$transaction(async tx => {
    const { count } = await tx.session.deleteMany({ where: { ...which, userId } })
    if (count > 0) await noteAccount(tx, actor, 'END_SESSIONS')
    return count
  })
}
