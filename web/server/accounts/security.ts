import { z } from 'zod'
import { database } from '#db/client'
import { oidcName } from '../auth/oidc/provider'
import { AppError } from '../errors/app-error'
import { Timestamp } from '../schemas'
import { type AccountActor, noteAccount } from './note-account'

/** An account at an OIDC issuer that signs in to ours. */
export const Identity = z.object({ issuer: z.string(), subject: z.string(), email: z.string(), lastUsedAt: Timestamp })

/** How an account is guarded. */
export const Security = z.object({
  hasPassword: z.boolean(),
  secondFactor: z.object({ isOn: z.boolean(), recoveryCodesLeft: z.number() }),
  identities: z.array(Identity),
  /** The issuer of this installation; null where it has none. */
  oidcName: z.string().nullable(),
})

export async function getSecurity(userId: string): Promise<z.infer<typeof Security>> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      passwordHash: true,
      secondFactor: { select: { confirmedAt: true } },
      identities: { orderBy: { createdAt: 'asc' } },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  })
  return {
    hasPassword: user.passwordHash !== '',
    secondFactor: {
      isOn: (user.secondFactor?.confirmedAt ?? null) !== null,
      recoveryCodesLeft: user._count.recoveryCodes,
    },
    identities: user.identities.map(({ issuer, subject, email, lastUsedAt }) => ({
      issuer,
      subject,
      email,
      lastUsedAt: lastUsedAt.toISOString(),
    })),
    oidcName: oidcName(),
  }
}

/** The identity signs in no more. The last way in stays. */
export async function unlinkIdentity(actor: AccountActor, which: { issuer: string; subject: string }): Promise<void> {
  const { userId } = actor
  await database().$transaction(async tx => {
    const { count } = await tx.identity.deleteMany({ where: { ...which, userId } })
    if (count === 0) throw new AppError('NOT_FOUND', 'This is not connected any more')
    const { passwordHash, _count: left } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { passwordHash: true, _count: { select: { identities: true } } },
    })
    if (passwordHash === '' && left.identities === 0)
      throw new AppError(
        'CONFLICT',
        'Set a password first, or nothing would sign you in: “Forgot your password?” on the sign-in page sends a link',
      )
    await noteAccount(tx, actor, 'UNLINK_IDENTITY')
  })
}
