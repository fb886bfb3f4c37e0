import { database } from '#db/client'
import type { Transaction } from '#db/tenant-db'
import { Email } from '../../accounts/account'
import { noteAccount } from '../../accounts/note-account'
import { hasMail } from '../../mail/send-mail'
import { createSession, type Device, type SessionUser } from '../session'
import type { Claims } from './provider'

/** Why nobody is signed in; the pages have a sentence for each. */
export type IdentityProblem = 'OidcNoEmail' | 'OidcAddressTaken' | 'OidcIdentityTaken' | 'OidcUnverified'

export type IdentityOutcome = { sessionId: string } | { problem: IdentityProblem }

/** How long after “Connect” one may take to sign in at the issuer. */
const linkMs = 10 * 60_000

type Known = { session: SessionUser | null; device: Device }

/**
 * Signs in whom the issuer says it is. An identity is bound to the account that it made, or that somebody signed in bound
 * it to. By its address alone it finds an account only where both sides have proven that address: else whoever registers
 * somebody's address at one of them would own their account at the other.
 */
export async function signInWithIdentity(claims: Claims, { session, device }: Known): Promise<IdentityOutcome> {
  if (session !== null && (await spendLinkIntent(session.sessionId))) return await linkIdentity(claims, session, device)
  const userId = (await findUser(claims)) ?? (await makeUser(claims, device))
  if (typeof userId !== 'string') return userId
  return { sessionId: (await createSession(userId, device)).id }
}

/** The next sign-in at the issuer, within minutes, binds its identity to the account of this session. */
export async function intendLink(sessionId: string): Promise<void> {
  await database().session.updateMany({ where: { id: sessionId }, data: { linkUntil: new Date(Date.now() + linkMs) } })
}

/** Without it a sign-in at the issuer would bind whatever identity somebody brought the browser to. */
async function spendLinkIntent(sessionId: string): Promise<boolean> {
  const where = { id: sessionId, linkUntil: { gt: new Date() } }
  return (await database().session.updateMany({ where, data: { linkUntil: null } })).count > 0
}

async function linkIdentity(claims: Claims, session: SessionUser, { clientIp: ip }: Device): Promise<IdentityOutcome> {
  const { userId, email, sessionId, isVerified } = session
  // Somebody who registered another's address could else keep a way in for when its owner comes and sets the password.
  if (!isVerified && hasMail()) return { problem: 'OidcUnverified' }
  return await database().$transaction(async tx => {
    const bound = await bindIdentity(tx, claims, userId)
    if (bound === 'other') return { problem: 'OidcIdentityTaken' }
    if (bound === 'new') await noteAccount(tx, { userId, email, ip }, 'LINK_IDENTITY')
    return { sessionId }
  })
}

async function findUser({ iss: issuer, sub: subject }: Claims): Promise<string | null> {
  const where = { issuer, subject }
  const identity = await database().identity.findFirst({ where, select: { userId: true } })
  if (identity === null) return null
  await database().identity.updateMany({ where, data: { lastUsedAt: new Date() } })
  return identity.userId
}

/** The account of a new identity: the one with its address, or one made for it. */
async function makeUser(claims: Claims, { clientIp: ip }: Device): Promise<string | { problem: IdentityProblem }> {
  const email = Email.safeParse(claims.email ?? '').data
  if (email === undefined) return { problem: 'OidcNoEmail' }
  const isProven = claims.email_verified === true
  return await database().$transaction(async tx => {
    const data = {
      email,
      name: claims.name?.slice(0, 100) ?? '',
      passwordHash: '',
      emailVerifiedAt: isProven ? new Date() : null,
    }
    // Two sign-ins at once make one account.
    const { count } = await tx.user.createMany({ data, skipDuplicates: true })
    const user = await tx.user.findUniqueOrThrow({ where: { email } })
    const isBothProven = isProven && user.emailVerifiedAt !== null && user.emailVouchedBy === null
    if (count === 0 && (!isBothProven || user.serviceOf !== null)) return { problem: 'OidcAddressTaken' }
    if ((await bindIdentity(tx, claims, user.id)) === 'other') return { problem: 'OidcIdentityTaken' }
    await noteAccount(tx, { userId: user.id, email, ip }, 'LINK_IDENTITY')
    return user.id
  })
}

/** Whether the identity is the user's now, was before, or is somebody else's. */
async function bindIdentity(tx: Transaction, claims: Claims, userId: string): Promise<'new' | 'known' | 'other'> {
  const { iss: issuer, sub: subject, email = '' } = claims
  const made = await tx.identity.createMany({ data: { issuer, subject, userId, email }, skipDuplicates: true })
  if (made.count > 0) return 'new'
  const bound = await tx.identity.findUniqueOrThrow({ where: { issuer_subject: { issuer, subject } } })
  return bound.userId === userId ? 'known' : 'other'
}
