import type { Transaction } from '#db/tenant-db'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { changeSeats, requireCover } from '../members/change-seats'
import { requireTyped } from './confirmed'
import { getTenant } from './get-tenant'

/** Makes another member the owner; whoever hands it over is an admin from then on. */
export async function transferTenant(
  scope: Scope,
  { userId, confirm }: { userId: string; confirm: string },
): Promise<{ userId: string }> {
  await requirePerson(scope.db, scope.tenantId, userId)
  requireTyped(confirm, (await getTenant(scope)).name, 'name')
  await requireCover(scope, scope.db, [{ role: 'OWNER', namespace: null }])
  if (userId === scope.userId) throw new AppError('INVALID', 'You are its owner already; choose another member')
  await changeSeats(scope, async tx => {
    await requirePerson(tx, scope.tenantId, userId)
    const where = { tenantId: scope.tenantId, builtIn: 'OWNER', namespace: null }
    const { count } = await tx.roleBinding.deleteMany({ where: { ...where, userId: scope.userId } })
    if (count === 0) throw new AppError('CONFLICT', 'You are an owner by a group only; change the group instead')
    await give(tx, { tenantId: scope.tenantId, userId, builtIn: 'OWNER' })
    await give(tx, { tenantId: scope.tenantId, userId: scope.userId, builtIn: 'ADMIN' })
  })
  return { userId }
}

async function requirePerson(tx: Pick<Transaction, 'membership'>, tenantId: string, userId: string): Promise<void> {
  const found = await tx.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId } },
    select: { user: { select: { serviceOf: true } } },
  })
  if (found === null) throw new AppError('NOT_FOUND', 'There is no such member')
  if (found.user.serviceOf !== null) throw new AppError('INVALID', 'A service account can be no owner')
}

async function give(tx: Transaction, binding: { tenantId: string; userId: string; builtIn: string }): Promise<void> {
  const count = await tx.roleBinding.count({ where: { ...binding, namespace: null } })
  if (count === 0) await tx.roleBinding.create({ data: binding })
}
