/** Another address for an account: it counts once whoever reads its mail has come. */
import { database } from '#db/client'
import { requireOwner } from '../auth/require-owner'
import { createSharedLimit, takeOrRefuse } from '../auth/shared-limit'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { log } from '../log'
import { addressLetter } from '../mail/letters'
import { findLink, spendLink } from './account-link'
import { deliverLink, notifyLater } from './deliver-link'
import { type AccountActor, noteAccount } from './note-account'

const hourMs = 60 * 60_000
const perAccount = createSharedLimit({ name: 'address of account', attempts: 5, windowMs: hourMs })
const perAddress = createSharedLimit({ name: 'address of address', attempts: 20, windowMs: hourMs })

type Wanted = { email: string; password: string; code: string }

/** Sends a link to the new address, and word of it to the one that the account has. */
export async function requestEmailChange(actor: AccountActor, { email, password, code }: Wanted): Promise<void> {
  const { userId, ip } = actor
  await requireOwner(actor, { password, code })
  if (email === actor.email) throw refusal('This is the address of your account already')
  await takeOrRefuse(perAccount, userId, 'Too many links were asked for')
  await takeOrRefuse(perAddress, ip, 'Too many links were asked for from here')
  if ((await database().user.count({ where: { email } })) > 0) throw takenRefusal()
  try {
    await deliverLink({ id: userId, email }, 'EMAIL')
  } catch (error) {
    log.error({ err: error, purpose: 'EMAIL' }, 'mail not sent')
    throw new AppError('UNAVAILABLE', 'The mail could not be sent: try again later. The server’s log has the cause')
  }
  notifyLater(actor.email, addressLetter('asked', email))
}

/** From which address to which the bearer of a link is about to take an account. */
export async function readEmailChange(value: string): Promise<{ email: string; from: string }> {
  const { email, user } = await findLink(value, 'EMAIL')
  return { email, from: user.email }
}

/** The address is the account's, and proven. Sessions, tokens and identities of issuers stay. */
export async function changeEmail(value: string, ip: string): Promise<{ email: string }> {
  const { userId, email, user } = await findLink(value, 'EMAIL')
  try {
    await database().$transaction(async tx => {
      await spendLink(tx, value, 'EMAIL', userId)
      await tx.user.update({
        where: { id: userId },
        data: { email, emailVerifiedAt: new Date(), emailVouchedBy: null },
      })
      await noteAccount(tx, { userId, email: user.email, ip }, 'CHANGE_EMAIL', `${user.email} to ${email}`)
    })
  } catch (error) {
    throw isTaken(error) ? takenRefusal() : error
  }
  notifyLater(user.email, addressLetter('changed', email))
  return { email }
}

function takenRefusal(): AppError {
  const message = 'There is another account with this e-mail address'
  return new AppError('CONFLICT', message, [{ path: 'email', message, code: 'TAKEN' }])
}

function refusal(message: string): AppError {
  return new AppError('INVALID', message, [{ path: 'email', message }])
}
