import { database } from '#db/client'
import { createSharedLimit, takeOrRefuse } from '../auth/shared-limit'
import { AppError } from '../errors/app-error'
import { log } from '../log'
import { findLink, spendLink } from './account-link'
import { deliverLink } from './deliver-link'
import { noteAccount } from './note-account'
import { requireStillOwned } from './owns-all'

const hourMs = 60 * 60_000
const perAccount = createSharedLimit({ name: 'verification of account', attempts: 5, windowMs: hourMs })
const perAddress = createSharedLimit({ name: 'verification of address', attempts: 20, windowMs: hourMs })

/** Sends the link that proves the sender's address once more. */
export async function sendVerification(userId: string, clientIp: string): Promise<void> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: userId },
    select: { id: true, email: true, emailVerifiedAt: true },
  })
  if (user.emailVerifiedAt !== null) throw new AppError('CONFLICT', `${user.email} is confirmed already`)
  await takeOrRefuse(perAccount, userId, 'Too many links were asked for')
  await takeOrRefuse(perAddress, clientIp, 'Too many links were asked for from here')
  try {
    await deliverLink(user, 'VERIFY')
  } catch (error) {
    log.error({ err: error, purpose: 'VERIFY' }, 'mail not sent')
    throw new AppError('UNAVAILABLE', 'The mail could not be sent: try again later. The server’s log has the cause')
  }
}

/** Whose address the bearer of a link is about to confirm. */
export async function readVerification(value: string): Promise<{ email: string }> {
  const { email } = await findLink(value, 'VERIFY')
  return { email }
}

/** The address is the account's, for whoever reads its mail has come; vouched for only, where an owner handed the link over. */
export async function verifyEmail(value: string, ip: string): Promise<{ email: string }> {
  const { userId, email, issuedBy } = await findLink(value, 'VERIFY')
  await requireStillOwned(issuedBy, userId)
  await database().$transaction(async tx => {
    await spendLink(tx, value, 'VERIFY', userId)
    await tx.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date(), emailVouchedBy: issuedBy } })
    await noteAccount(tx, { userId, email, ip }, 'VERIFY_EMAIL')
  })
  return { email }
}
