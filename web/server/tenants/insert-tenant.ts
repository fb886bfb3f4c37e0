import { giveSeat } from '#db/seats'
import type { Transaction } from '#db/tenant-db'
import { planOfNewTenants } from '#infra/env'
import { webEnv } from '../env'

/** A new tenant with its first owner. The transaction acts for that tenant from then on. */
export async function insertTenant(
  tx: Transaction,
  { slug, name, userId }: { slug: string; name: string; userId: string },
): Promise<string> {
  const data = { slug, name, plan: planOfNewTenants(webEnv()) }
  const { id } = await tx.tenant.create({ data, select: { id: true } })
  await tx.$queryRaw`select set_config('app.tenant', ${id}, true)`
  await giveSeat(tx, { tenantId: id, userId }, 'OWNER')
  return id
}
