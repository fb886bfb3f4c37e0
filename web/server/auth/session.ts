import { database } from '#db/client'
import { authSettings } from './settings'

export type SessionRow = { id: string; expiresAt: Date }
export type SessionUser = { sessionId: string; userId: string; email: string; name: string; isVerified: boolean }
/** From where somebody signs in: the address and browser of the request. */
export type Device = { clientIp: string; userAgent: string }

/** A row is written at most this often, however many requests a page makes. */
const touchAfterMs = 60_000
const maxUserAgent = 400

/** Signs a user in: a row that lives until it is deleted, is not used for long, or is too old. */
export async function createSession(userId: string, { clientIp, userAgent }: Device): Promise<SessionRow> {
  const expiresAt = new Date(Date.now() + authSettings().sessionMaxAgeS * 1000)
  const data = { userId, expiresAt, address: clientIp, userAgent: userAgent.slice(0, maxUserAgent) }
  return database().session.create({ data, select: { id: true, expiresAt: true } })
}

/** The user of a live session. Asked anew on every request, so that signing out or a lost account acts at once. */
export async function findSession(id: string): Promise<SessionUser | null> {
  const now = Date.now()
  const session = await database().session.findFirst({
    where: { id, ...isLive(now) },
    select: { lastSeenAt: true, user: { select: { id: true, email: true, name: true, emailVerifiedAt: true } } },
  })
  if (session === null) return null
  if (now - session.lastSeenAt.getTime() > touchAfterMs) await touchSession(id, new Date(now))
  const { user } = session
  const { email, name, emailVerifiedAt } = user
  return { sessionId: id, userId: user.id, email, name, isVerified: emailVerifiedAt !== null }
}

/** Neither too old nor unused for too long. */
export function isLive(nowMs: number) {
  const idleSince = new Date(nowMs - authSettings().sessionIdleS * 1000)
  return { expiresAt: { gt: new Date(nowMs) }, lastSeenAt: { gt: idleSince } }
}

export async function deleteSession(id: string): Promise<void> {
  await database().session.deleteMany({ where: { id } })
}

/** `updateMany`: it may have been signed out meanwhile. */
async function touchSession(id: string, lastSeenAt: Date): Promise<void> {
  await database().session.updateMany({ where: { id }, data: { lastSeenAt } })
}
