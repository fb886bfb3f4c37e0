import { toString as toQrCode } from 'qrcode'
import { z } from 'zod'
import { database } from '#db/client'
import { type AccountActor, noteAccount } from '../../accounts/note-account'
import { AppError } from '../../errors/app-error'
import { requirePassword } from '../require-password'
import { checkCode, spendCode, takeCodeAttempt } from './check-code'
import { createRecoveryCodes } from './recovery-codes'
import { openSecret, sealSecret } from './secret'
import { createTotpSecret, totpUri } from './totp'

/** What a device needs: `qr` is an image as a `data:` address, `secret` the same to type in. */
export const Enrolment = z.object({ secret: z.string(), qr: z.string() })
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

/** Makes a secret for the user's device. Nothing is asked at sign-in before `confirmSecondFactor`. */
export async function startSecondFactor(actor: AccountActor, password: string): Promise<z.infer<typeof Enrolment>> {
  const { userId, email } = actor
  await requirePassword(actor, password)
  const secret = createTotpSecret()
  const { ciphertext, masterKey } = await sealSecret(userId, secret)
  const row = { secret: ciphertext, masterKey, lastStep: 0 }
  await database().$transaction(async tx => {
    const { count } = await tx.secondFactor.updateMany({ where: { userId, confirmedAt: null }, data: row })
    if (count > 0) return
    const made = await tx.secondFactor.createMany({ data: { userId, ...row }, skipDuplicates: true })
    if (made.count === 0) throw new AppError('CONFLICT', 'The second factor is on: switch it off first')
  })
  const svg = await toQrCode(totpUri(secret, email), { type: 'svg', margin: 2 })
  return { secret, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
}

/** Switches it on, once a code has shown that the device has the secret. The recovery codes are in this reply alone. */
export async function confirmSecondFactor(actor: AccountActor, code: string): Promise<z.infer<typeof RecoveryCodes>> {
  const { userId, ip } = actor
  const row = await database().secondFactor.findFirst({ where: { userId, confirmedAt: null } })
  if (row === null) throw new AppError('CONFLICT', 'Nothing waits for a code: begin again')
  if (!(await takeCodeAttempt(userId, ip))) throw wrongCode()
  if (!(await spendCode(userId, await openSecret(userId, row), code))) throw wrongCode()
  const recoveryCodes = createRecoveryCodes()
  await database().$transaction(async tx => {
    const where = { userId, confirmedAt: null }
    const { count } = await tx.secondFactor.updateMany({ where, data: { confirmedAt: new Date() } })
    if (count === 0) throw new AppError('CONFLICT', 'The second factor is on already')
    await tx.recoveryCode.deleteMany({ where: { userId } })
    await tx.recoveryCode.createMany({ data: recoveryCodes.map(({ hash }) => ({ userId, hash })) })
    await noteAccount(tx, actor, 'SECOND_FACTOR_ON')
  })
  return { recoveryCodes: recoveryCodes.map(recovery => recovery.code) }
}

/** Switches it off: by the password and a code of the device, or a recovery code. */
export async function removeSecondFactor(
  actor: AccountActor,
  { password, code }: { password: string; code: string },
): Promise<void> {
  const { userId, ip } = actor
  await requirePassword(actor, password)
  const check = await checkCode({ userId, code, clientIp: ip })
  if (check === 'off') throw new AppError('CONFLICT', 'The second factor is off already')
  if (check !== 'right') throw wrongCode()
  await database().$transaction(async tx => {
    await tx.secondFactor.deleteMany({ where: { userId } })
    await tx.recoveryCode.deleteMany({ where: { userId } })
    await noteAccount(tx, actor, 'SECOND_FACTOR_OFF')
  })
}

function wrongCode(): AppError {
  const message = 'This code is wrong, was used before, or there were too many tries. Wait for the next one'
  return new AppError('INVALID', message, [{ path: 'code', message }])
}
