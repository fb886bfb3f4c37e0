import type { Transaction } from './tenant-db'

/** Makes a user a member of the tenant that the transaction acts for, with one built-in role for all of it. */
export async function giveSeat(
  tx: Pick<Transaction, 'membership' | 'roleBinding'>,
  { tenantId, userId }: { tenantId: string; userId: string },
  role: 'OWNER' | 'ADMIN' | 'EDITOR' | 'LAUNCHER' | 'VIEWER',
): Promise<void> {
  await tx.membership.create({ data: { tenantId, userId } })
  await tx.roleBinding.create({ data: { tenantId, userId, builtIn: role } })
}
