import { database } from '#db/client'
import { verifyPassword } from '#db/credentials'
import { AppError } from '../errors/app-error'
import { createSharedLimit, takeOrRefuse } from './shared-limit'

const quarterHourMs = 15 * 60_000
const perAccount = createSharedLimit({ name: 'own password', attempts: 10, windowMs: quarterHourMs })

/** Before what a stolen session must not be able to do: the signed-in user's password again. */
export async function requirePassword({ userId }: { userId: string }, password: string): Promise<void> {
  await takeOrRefuse(perAccount, userId, 'Too many tries')
  const user = await database().user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } })
  if (user.passwordHash === '')
    throw new AppError(
      'CONFLICT',
      'This account has no password yet: set one by “Forgot your password?” on the sign-in page',
    )
  if (await verifyPassword(user.passwordHash, password)) return
  const message = 'This is not your password'
  throw new AppError('INVALID', message, [{ path: 'password', message }])
}
