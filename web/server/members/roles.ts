import { z } from 'zod'
import { PermissionName } from '../access/access'
import { isPermission, permissionsOf, roles } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { RoleRef } from './binding'
import { changeSeats, permissionsOfRole, requirePermissions } from './change-seats'

export const RoleRecord = z.object({
  id: RoleRef,
  name: z.string(),
  description: z.string(),
  isBuiltIn: z.boolean(),
  permissions: z.array(PermissionName),
})
export type RoleRecord = z.infer<typeof RoleRecord>

export const RoleText = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'a role needs a name')
    .max(100)
    .refine(name => !roles.some(role => role === name.toUpperCase()), 'a built-in role has this name'),
  description: z.string().trim().max(1000).default(''),
  permissions: z.array(PermissionName).min(1, 'a role allows something'),
})
type RoleText = z.output<typeof RoleText>

const descriptions: Record<(typeof roles)[number], string> = {
  OWNER: 'Everything, also billing and the end of the tenant',
  ADMIN: 'Everything but billing and the end of the tenant',
  EDITOR: 'Makes and changes flows, secrets, KV entries, files; runs them',
  LAUNCHER: 'Runs flows and handles their executions',
  VIEWER: 'Looks at flows and executions',
}

/** The built-in roles, then the tenant's own by name. */
export async function listRoles({ db, tenantId }: Scope): Promise<RoleRecord[]> {
  const own = await db.customRole.findMany({ where: { tenantId }, orderBy: { name: 'asc' } })
  return [
    ...roles.map(role => ({
      id: role,
      name: role,
      description: descriptions[role],
      isBuiltIn: true,
      permissions: [...permissionsOf[role]],
    })),
    ...own.map(row => ({
      id: row.id,
      name: row.name,
      description: row.description,
      isBuiltIn: false,
      permissions: row.permissions.filter(isPermission),
    })),
  ]
}

/** A role of the tenant's own, with nothing in it that its maker may not do themselves. */
export async function createRole(scope: Scope, text: RoleText): Promise<RoleRecord> {
  const { db, tenantId } = scope
  await requirePermissions(scope, text.permissions, null)
  const row = await db.customRole.create({ data: { tenantId, ...text } }).catch(explainTaken)
  return { ...text, id: row.id, isBuiltIn: false }
}

/** What its holders may do changes at once. */
export async function updateRole(scope: Scope, id: string, text: RoleText): Promise<RoleRecord> {
  const { tenantId } = scope
  await requirePermissions(scope, [...text.permissions, ...(await permissionsOfRole(scope.db, tenantId, id))], null)
  await changeSeats(scope, tx => tx.customRole.update({ where: { tenantId_id: { tenantId, id } }, data: text })).catch(
    explainTaken,
  )
  return { ...text, id, isBuiltIn: false }
}

/** Whoever had it has it no more. */
export async function deleteRole(scope: Scope, id: string): Promise<{ id: string }> {
  const { tenantId } = scope
  await requirePermissions(scope, await permissionsOfRole(scope.db, tenantId, id), null)
  await changeSeats(scope, async tx => {
    // Before it, so that the audit log knows its name in their entries, too.
    await tx.roleBinding.deleteMany({ where: { tenantId, roleId: id } })
    await tx.customRole.delete({ where: { tenantId_id: { tenantId, id } } })
  })
  return { id }
}

function explainTaken(error: unknown): never {
  if (isTaken(error)) throw new AppError('CONFLICT', 'There is a role of this name already')
  throw error
}
