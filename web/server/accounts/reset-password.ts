import { database } from '#db/client'
import { hashPassword } from '#db/credentials'
import { createSharedLimit, takeOrRefuse } from '../auth/shared-limit'
import { log } from '../log'
import { findLink, spendLink } from './account-link'
import { deliverLinkLater } from './deliver-link'
import { noteAccount } from './note-account'
import { requireStillOwned } from './owns-all'

const hourMs = 60 * 60_000
const perAddress = createSharedLimit({ name: 'reset of address', attempts: 20, windowMs: hourMs })
const perAccount = createSharedLimit({ name: 'reset of account', attempts: 5, windowMs: hourMs })

/** Sends a link to an address that has an account. What comes back, and when, is the same for one that has none. */
export async function requestReset(email: string, clientIp: string): Promise<void> {
  await takeOrRefuse(perAddress, clientIp, 'Too many links were asked for from here')
  if ((await perAccount.take(email)) === 0) deliverResetLater(email)
}

async function deliverReset(email: string): Promise<void> {
  const where = { email, serviceOf: null }
  const user = await database().user.findFirst({ where, select: { id: true, email: true } })
  if (user !== null) deliverLinkLater(user, 'RESET')
}

function deliverResetLater(email: string): void {
  deliverReset(email).catch((error: unknown) => log.error({ err: error }, 'reset not sent'))
}

/** For whom the bearer of a link is about to set a password. */
export async function readReset(value: string): Promise<{ email: string }> {
  const { email } = await findLink(value, 'RESET')
  return { email }
}

/** Sets the password and ends every session of the account. A second factor is still asked for at the next sign-in. */
export async function resetPassword({ value, password, ip }: { value: string; password: string; ip: string }) {
  const { userId, email, issuedBy } = await findLink(value, 'RESET')
  await requireStillOwned(issuedBy, userId)
  const passwordHash = await hashPassword(password)
  // Whoever got the link by mail reads the mail of the address.
  const proven = issuedBy === null ? { emailVerifiedAt: new Date(), emailVouchedBy: null } : {}
  await database().$transaction(async tx => {
    await spendLink(tx, value, 'RESET', userId)
    await tx.accountLink.updateMany({ where: { userId, purpose: 'EMAIL', usedAt: null }, data: { usedAt: new Date() } })
    await tx.user.update({ where: { id: userId }, data: { passwordHash, ...proven } })
    await tx.session.deleteMany({ where: { userId } })
    await noteAccount(tx, { userId, email, ip }, 'RESET_PASSWORD')
  })
  return { email }
}
