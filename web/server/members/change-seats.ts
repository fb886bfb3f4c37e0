import type { Transaction } from '#db/tenant-db'
import { covers } from '../access/access'
import { isPermission, isRole, type Permission, permissionsOf } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { noteDenied } from '../audit/note-denied'
import { AppError } from '../errors/app-error'
import type { NewBinding, RoleRef } from './binding'

/**
 * Changes who belongs to a tenant or what they may do, one such change at a time. Refused, and undone, where it would leave
 * the tenant without an owner who can sign in.
 */
export async function changeSeats<T>(scope: Scope, change: (tx: Transaction) => Promise<T>): Promise<T> {
  return await scope.db.transact(async tx => {
    await tx.$queryRaw`SELECT FROM tenant WHERE id = ${scope.tenantId}::uuid FOR UPDATE`
    const result = await change(tx)
    if ((await countOwners(tx, scope.tenantId)) === 0) {
      throw new AppError('CONFLICT', 'A tenant keeps one owner at least: make somebody else an owner first')
    }
    return result
  })
}

async function countOwners(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM membership m JOIN "user" u ON u.id = m.user_id AND u.service_of IS NULL
    WHERE m.tenant_id = ${tenantId}::uuid AND EXISTS (
      SELECT FROM grants_of(m.tenant_id, m.user_id) g WHERE g.built_in = 'OWNER' AND g.namespace IS NULL)`
  return row?.count ?? 0
}

type RoleReader = Pick<Transaction, 'customRole'>

/** The permissions of a role; NOT_FOUND where the tenant has none of this id. */
export async function permissionsOfRole(tx: RoleReader, tenantId: string, role: RoleRef): Promise<Permission[]> {
  if (isRole(role)) return [...permissionsOf[role]]
  const row = await tx.customRole.findUnique({ where: { tenantId_id: { tenantId, id: role } } })
  if (row === null) throw new AppError('NOT_FOUND', 'There is no such role')
  return row.permissions.filter(isPermission)
}

/** Nobody hands out, changes or takes away more than they have themselves. */
export async function requireCover(scope: Scope, tx: RoleReader, bindings: readonly NewBinding[]): Promise<void> {
  for (const { role, namespace } of bindings) {
    const permissions = await permissionsOfRole(tx, scope.tenantId, role)
    await requirePermissions(scope, permissions, namespace)
  }
}

/** The same for permissions by name. */
export async function requirePermissions(
  scope: Scope,
  permissions: readonly Permission[],
  namespace: string | null,
): Promise<void> {
  if (covers(scope.access, permissions, namespace)) return
  await noteDenied(scope, 'ROLE:UPDATE', namespace ?? undefined)
  throw new AppError(
    'FORBIDDEN',
    'A role can be given, changed or taken only by somebody who may do all that it allows',
  )
}

/** The columns of a binding. */
export function columnsOfBinding({ role, namespace }: NewBinding) {
  return { namespace, ...(isRole(role) ? { builtIn: role } : { roleId: role }) }
}
