import { database } from '#db/client'
import { noteAccount } from '../../accounts/note-account'
import { createSharedLimit } from '../shared-limit'
import { hashRecoveryCode } from './recovery-codes'
import { openSecret } from './secret'
import { stepOfCode } from './totp'

const quarterHourMs = 15 * 60_000
/** Of a million codes three are right at any time. */
const perAccount = createSharedLimit({ name: 'code of account', attempts: 10, windowMs: quarterHourMs })
const perAddress = createSharedLimit({ name: 'code of address', attempts: 100, windowMs: quarterHourMs })

export type CodeCheck = 'off' | 'missing' | 'wrong' | 'right'

type Attempt = { userId: string; code: string | undefined; clientIp: string }

/**
 * Checks and uses up the code of a user's device, or a recovery code. `off`: the user has no second factor. Too many tries
 * read as a wrong code.
 */
export async function checkCode({ userId, code = '', clientIp }: Attempt): Promise<CodeCheck> {
  const factor = await database().secondFactor.findFirst({ where: { userId, confirmedAt: { not: null } } })
  if (factor === null) return 'off'
  if (code.trim() === '') return 'missing'
  if (!(await takeCodeAttempt(userId, clientIp))) return 'wrong'
  const secret = await openSecret(userId, factor)
  const isRight = (await spendCode(userId, secret, code)) || (await spendRecoveryCode(userId, code, clientIp))
  return isRight ? 'right' : 'wrong'
}

/** Counts a try; false if there were too many. */
export async function takeCodeAttempt(userId: string, clientIp: string): Promise<boolean> {
  return (await perAddress.take(clientIp)) === 0 && (await perAccount.take(userId)) === 0
}

/** Takes the code of a device: none twice, and none older than the last one taken. */
export async function spendCode(userId: string, secret: string, code: string): Promise<boolean> {
  const step = stepOfCode(secret, code.replace(/\s/g, ''))
  if (step === null) return false
  const where = { userId, lastStep: { lt: step } }
  return (await database().secondFactor.updateMany({ where, data: { lastStep: step } })).count > 0
}

async function spendRecoveryCode(userId: string, code: string, ip: string): Promise<boolean> {
  const hash = hashRecoveryCode(code)
  if (hash === null) return false
  return await database().$transaction(async tx => {
    const where = { userId, hash, usedAt: null }
    const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt: new Date() } })
    if (count === 0) return false
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
    await noteAccount(tx, { userId, email, ip }, 'USE_RECOVERY_CODE')
    return true
  })
}
