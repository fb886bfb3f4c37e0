import type { Transaction } from '#db/tenant-db'
import type { Actor } from '../audit/actor'

export type AccountEvent =
  | 'VERIFY_EMAIL'
  | 'CHANGE_EMAIL'
  | 'RESET_PASSWORD'
  | 'CHANGE_PASSWORD'
  | 'SECOND_FACTOR_ON'
  | 'SECOND_FACTOR_OFF'
  | 'USE_RECOVERY_CODE'
  | 'LINK_IDENTITY'
  | 'UNLINK_IDENTITY'
  | 'END_SESSIONS'

export type AccountActor = { userId: string; email: string; ip: string }

/**
 * Notes in the audit log of each tenant of a user what became of their account, in the transaction of the change. The last
 * thing in it: what follows would be noted as the actor's, for the last of the tenants.
 */
export async function noteAccount(
  tx: Transaction,
  { userId, email, ip }: AccountActor,
  event: AccountEvent,
  target = email,
): Promise<void> {
  await tx.$queryRaw`select set_config('app.user', ${userId}, true)`
  // In one order, so that two who append don't wait for each other.
  const seats = await tx.membership.findMany({
    where: { userId },
    select: { tenantId: true },
    orderBy: { tenantId: 'asc' },
  })
  const actor: Actor = { userId, name: email, via: 'session', ip }
  for (const { tenantId } of seats) {
    await tx.$queryRaw`
      select set_config('app.tenant', ${tenantId}, true), set_config('app.actor', ${JSON.stringify(actor)}, true)`
    await tx.$executeRaw`select append_audit(${event}, 'MEMBER', ${target}, null, null, null)`
  }
}
