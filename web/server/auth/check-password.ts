import { database } from '#db/client'
import { verifyPassword } from '#db/credentials'
import { Email } from '../accounts/account'
import { createSharedLimit } from './shared-limit'

const quarterHourMs = 15 * 60_000
/** Of one address on one account: a person who forgot. */
const perSender = createSharedLimit({ name: 'password of sender', attempts: 10, windowMs: quarterHourMs })
/** On one account from anywhere: many addresses guess together. High, because it also locks the owner out. */
const perAccount = createSharedLimit({ name: 'password of account', attempts: 100, windowMs: quarterHourMs })
/** Of one address on any account: one password tried on many. */
const perAddress = createSharedLimit({ name: 'password of address', attempts: 100, windowMs: quarterHourMs })

/**
 * The user whose password it is, or null. Takes as long and says as little for an unknown address as for a wrong
 * password or too many tries, so that nobody learns which addresses have accounts.
 */
export async function checkPassword(given: {
  email: string
  password: string
  clientIp: string
}): Promise<{ id: string } | null> {
  const email = Email.safeParse(given.email)
  if (!email.success || !(await isWithinLimits(email.data, given.clientIp))) return null
  const user = await database().user.findUnique({
    where: { email: email.data },
    select: { id: true, passwordHash: true },
  })
  // An account without a password, whose owner signs in at an issuer, takes as long, too.
  const isRight = await verifyPassword(user?.passwordHash || undefined, given.password)
  return user !== null && isRight ? { id: user.id } : null
}

async function isWithinLimits(email: string, clientIp: string): Promise<boolean> {
  if ((await perAddress.take(clientIp)) > 0) return false
  return (await perSender.take(`${clientIp} ${email}`)) === 0 && (await perAccount.take(email)) === 0
}
