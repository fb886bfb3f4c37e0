import { requirePermission, type Scope } from '../access/tenant-scope'
import { columnsOf } from './create-namespace'
import { getNamespace } from './get-namespace'
import type { NamespaceChange, NamespaceRecord } from './namespace'

/** What is left out stays. Executions that start from then on follow it; those that run keep what they began with. */
export async function updateNamespace(
  scope: Scope,
  { id, ...change }: NamespaceChange & { id: string },
): Promise<NamespaceRecord> {
  await requirePermission(scope, 'NAMESPACE:UPDATE', id)
  const { db, tenantId } = scope
  const columns = columnsOf(change)
  await db.namespace.upsert({
    where: { tenantId_id: { tenantId, id } },
    create: { tenantId, id, ...columns },
    update: { ...columns, version: { increment: 1 }, updatedAt: new Date() },
  })
  return getNamespace(scope, id)
}
