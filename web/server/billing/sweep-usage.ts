import { database } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import { log } from '../log'
import { stripe } from './stripe'
import { tellUsage } from './tell-usage'

/** Tells Stripe what all tenants used, where there is Stripe. */
export async function sweepUsage(): Promise<void> {
  const world = stripe()
  if (world === undefined) return
  for (const { id } of await database().tenant.findMany({
    where: { deletionRequestedAt: null },
    select: { id: true },
  })) {
    await tellUsage(world, tenantDb(id), id).catch((error: unknown) => log.error({ err: error, tenantId: id }, 'usage'))
  }
}
