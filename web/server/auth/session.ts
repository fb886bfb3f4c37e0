import { database } from '#db/client'
import { authSettings } from './settings'

export type SessionRow = { id: string; expiresAt: Date }
export type SessionUser = { sessionId: string; userId: string; email: string; name: string }

/** A row is written at most this often, however many requests a page makes. */
const touchAfterMs = 60_000

/** Signs a user in: a row that lives until it is deleted, is not used for long, or is too old. */
export async function createSession(userId: string): Promise<SessionRow> {
  const expiresAt = new Date(Date.now() + authSettings().sessionMaxAgeS * 1000)
  return database().session.create({ data: { userId, expiresAt }, select: { id: true, expiresAt: true } })
}

/** The user of a live session. Asked anew on every request, so that signing out or a lost account acts at once. */
export async function findSession(id: string): Promise<SessionUser | null> {
  const now = Date.now()
  const idleSince = new Date(now - authSettings().sessionIdleS * 1000)
  const session = await database().session.findFirst({
    where: { id, expiresAt: { gt: new Date(now) }, lastSeenAt: { gt: idleSince } },
    select: { lastSeenAt: true, user: { select: { id: true, email: true, name: true } } },
  })
  if (session === null) return null
  if (now - session.lastSeenAt.getTime() > touchAfterMs) await touchSession(id, new Date(now))
  const { user } = session
  return { sessionId: id, userId: user.id, email: user.email, name: user.name }
}

export async function deleteSession(id: string): Promise<void> {
  await database().session.deleteMany({ where: { id } })
}

/** `updateMany`: it may have been signed out meanwhile. */
async function touchSession(id: string, lastSeenAt: Date): Promise<void> {
  await database().session.updateMany({ where: { id }, data: { lastSeenAt } })
}
