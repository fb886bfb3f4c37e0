import type { Scope } from '../access/tenant-scope'
import { getTenant } from './get-tenant'
import type { TenantRecord } from './tenant'

/** Its address stays: links, webhooks and tokens go on to work. */
export async function renameTenant(scope: Scope, name: string): Promise<TenantRecord> {
  await scope.db.tenant.update({ where: { id: scope.tenantId }, data: { name } })
  return getTenant(scope)
}
