import { database } from '#db/client'
import type { AccountActor } from '../accounts/note-account'
import { AppError } from '../errors/app-error'
import { requirePassword } from './require-password'
import { checkCode } from './second-factor/check-code'

/**
 * Before what would take an account away: the password again where it has one, and a code where it has a second factor. An
 * account with neither, whose owner signs in at an issuer, sets a password first.
 */
export async function requireOwner(actor: AccountActor, given: { password: string; code: string }): Promise<void> {
  const { userId, ip } = actor
  const { passwordHash } = await database().user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true },
  })
  const factors = await database().secondFactor.count({ where: { userId, confirmedAt: { not: null } } })
  if (passwordHash !== '' || factors === 0) await requirePassword(actor, given.password)
  const check = await checkCode({ userId, code: given.code, clientIp: ip })
  if (check === 'missing') throw refusal('Your account has a second factor: type a code of your device')
  if (check === 'wrong')
    throw refusal('This code is wrong, was used before, or there were too many tries. Wait for the next one')
}

function refusal(message: string): AppError {
  return new AppError('INVALID', message, [{ path: 'code', message }])
}
