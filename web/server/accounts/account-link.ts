/** Links that prove an address, or another one, or set a new password: random, stored as a hash, used once, for a while. */
import { database } from '#db/client'
import { createToken, hashToken } from '#db/credentials'
import type { Transaction } from '#db/tenant-db'
import { AppError } from '../errors/app-error'

const minuteMs = 60_000

/** How long a link works, and where it leads. */
const kinds = {
  VERIFY: {
    lifetimeMs: 3 * 24 * 60 * minuteMs,
    path: '/verify-email/',
    next: 'ask for a new one on your account page',
  },
  EMAIL: { lifetimeMs: 24 * 60 * minuteMs, path: '/change-email/', next: 'ask for a new one on your account page' },
  RESET: { lifetimeMs: 60 * minuteMs, path: '/reset-password/', next: 'ask for a new one on the sign-in page' },
} as const
export type LinkPurpose = keyof typeof kinds

/** After that nobody asks any more why a link does not work. */
const keptMs = 30 * 24 * 60 * minuteMs

export type LinkRow = {
  userId: string
  email: string
  issuedBy: string | null
  expiresAt: Date
  usedAt: Date | null
  user: { email: string }
}

/**
 * Makes a link; the path of its page, which holds its value and is in this reply alone.
 * @param issuedBy the owner who is shown it, where no mail is sent
 */
export async function createLink(
  user: { id: string; email: string },
  purpose: LinkPurpose,
  issuedBy: string | null = null,
): Promise<string> {
  const { token: value, hash } = createToken()
  const { lifetimeMs, path } = kinds[purpose]
  const now = Date.now()
  const { id: userId, email } = user
  const links = database().accountLink
  await links.deleteMany({ where: { userId, expiresAt: { lt: new Date(now - keptMs) } } })
  const expiresAt = new Date(now + lifetimeMs)
  await links.create({ data: { hash, userId, purpose, email, issuedBy, expiresAt } })
  return `${path}${value}`
}

/** The link of a value; one that does not work says why, and what to do. */
export async function findLink(value: string, purpose: LinkPurpose): Promise<LinkRow> {
  const row = await database().accountLink.findFirst({
    where: { hash: hashToken(value), purpose },
    select: {
      userId: true,
      email: true,
      issuedBy: true,
      expiresAt: true,
      usedAt: true,
      user: { select: { email: true } },
    },
  })
  return checkLink(row, purpose, new Date())
}

/** Throws where a link is unknown, used, expired, or for an address that the account no longer has. */
export function checkLink(row: LinkRow | null, purpose: LinkPurpose, now: Date): LinkRow {
  const { next } = kinds[purpose]
  if (row === null)
    throw new AppError('NOT_FOUND', `This link is not known: copy it whole from where you got it, or ${next}`)
  if (row.usedAt !== null) throw new AppError('NOT_FOUND', `This link was used already: sign in, or ${next}`)
  if (row.expiresAt <= now) throw new AppError('NOT_FOUND', `This link has expired: ${next}`)
  if (purpose !== 'EMAIL' && row.email !== row.user.email)
    throw new AppError(
      'NOT_FOUND',
      `This link is for ${row.email}, which is not the address of the account any more: ${next}`,
    )
  return row
}

/** Uses a link, with all others of its user for the same; of two who come at once, one is told that it is used. */
export async function spendLink(tx: Transaction, value: string, purpose: LinkPurpose, userId: string): Promise<void> {
  const data = { usedAt: new Date() }
  const { count } = await tx.accountLink.updateMany({ where: { hash: hashToken(value), purpose, usedAt: null }, data })
  if (count === 0) throw new AppError('NOT_FOUND', `This link was used already: ${kinds[purpose].next}`)
  await tx.accountLink.updateMany({ where: { userId, purpose, usedAt: null }, data })
}
