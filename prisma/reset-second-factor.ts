import type { Database } from './client'

const actor = JSON.stringify({ userId: 'millrace', name: 'The operator', via: 'system', ip: '' })

/** An account that can't be found, or has no second factor; the message says which. */
export class SecondFactorError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SecondFactorError'
  }
}

/**
 * Takes the second factor of somebody away who has lost their device and their recovery codes: the password alone signs in
 * then, and all sessions end. Stands in the audit log of each of their tenants; answers those.
 * Throws SecondFactorError where there is no such account, or nothing to take away.
 */
export async function resetSecondFactor(db: Database, email: string): Promise<string[]> {
  return db.$transaction(async tx => {
    const user = await tx.user.findUnique({ where: { email: email.trim().toLowerCase() } })
    if (user === null || user.serviceOf !== null) throw new SecondFactorError(`There is no account of "${email}".`)
    const userId = user.id
    const { count } = await tx.secondFactor.deleteMany({ where: { userId } })
    if (count === 0) throw new SecondFactorError(`The account of ${user.email} has no second factor.`)
    await tx.recoveryCode.deleteMany({ where: { userId } })
    await tx.session.deleteMany({ where: { userId } })
    await tx.$queryRaw`select set_config('app.user', ${userId}, true), set_config('app.actor', ${actor}, true)`
    const seats = await tx.membership.findMany({
      where: { userId },
      select: { tenantId: true, tenant: { select: { slug: true } } },
      orderBy: { tenantId: 'asc' },
    })
    for (const { tenantId } of seats) {
      await tx.$queryRaw`select set_config('app.tenant', ${tenantId}, true)`
      await tx.$executeRaw`select append_audit('SECOND_FACTOR_RESET', 'MEMBER', ${user.email}, null, null, null)`
    }
    return seats.map(({ tenant }) => tenant.slug)
  })
}
