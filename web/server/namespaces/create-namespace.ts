import { requirePermission, type Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { getNamespace } from './get-namespace'
import type { NamespaceChange, NamespaceRecord } from './namespace'

/** Makes a namespace by hand, before anything is in it. */
export async function createNamespace(
  scope: Scope,
  { id, ...said }: NamespaceChange & { id: string },
): Promise<NamespaceRecord> {
  await requirePermission(scope, 'NAMESPACE:CREATE', id)
  const { db, tenantId } = scope
  const data = { tenantId, id, ...columnsOf(said) }
  const { count } = await db.namespace.createMany({ data, skipDuplicates: true })
  if (count === 0) throw new AppError('CONFLICT', `There is a namespace ${id} already`)
  return getNamespace(scope, id)
}

export function columnsOf({ description, variables, pluginDefaults, allowedNamespaces }: NamespaceChange) {
  return {
    ...(allowedNamespaces === undefined
      ? {}
      : { isRestricted: allowedNamespaces !== null, allowedNamespaces: allowedNamespaces ?? [] }),
    ...(description === undefined ? {} : { description }),
    ...(variables === undefined ? {} : { variables: variables as never }),
    ...(pluginDefaults === undefined ? {} : { pluginDefaults: pluginDefaults as never }),
  }
}
