import type { Database } from './client'
import { isPlanName, type PlanName, planNames } from './plans'

/** A name that is none; the message says which there are. */
export class TenantPlanError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TenantPlanError'
  }
}

/**
 * Puts a tenant on a plan; answers the one before. Workers know of it within half a minute.
 * Throws TenantPlanError where there is no such tenant or plan.
 */
export async function setTenantPlan(db: Database, slug: string, plan: string): Promise<PlanName> {
  if (!isPlanName(plan)) throw new TenantPlanError(`There is no plan "${plan}". Known are ${planNames.join(', ')}.`)
  const tenant = await db.tenant.findUnique({ where: { slug }, select: { plan: true } })
  if (tenant === null) throw new TenantPlanError(`There is no tenant "${slug}": write its short name, as in addresses.`)
  await db.tenant.update({ where: { slug }, data: { plan } })
  return tenant.plan as PlanName
}
