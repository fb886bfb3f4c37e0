import { type PlanName, planNamed, plans } from '../plans'
import type { Transaction } from '../tenant-db'
import { limitedPlans } from './find-room'
import { planLimitReached } from './plan-limit'

type Db = Pick<Transaction, '$queryRaw'>

/**
 * Until the transaction ends nobody else of the tenant is given room in its plan, if that has a limit; the plan, if so. Asked
 * for before the lock of a flow's places.
 */
export async function lockPlanPlaces(tx: Db, tenantId: string): Promise<PlanName | null> {
  const [row] = await tx.$queryRaw<{ plan: string | null }[]>`
    select lock_plan_places(${tenantId}::uuid, ${limitedPlans}::text[]) as plan`
  return row?.plan ? planNamed(row.plan) : null
}

/** Whether one more execution may run at once; for one that exists already, so that the month doesn't count. */
export async function hasPlanPlace(tx: Db, tenantId: string): Promise<boolean> {
  const places = await takePlaces(tx, tenantId)
  return places === null || (places.running < places.most && !places.waiting)
}

/** Throws PlanLimitReached where as many run as the plan runs at once, whoever waits. */
export async function requirePlanPlace(tx: Db, tenantId: string): Promise<void> {
  const places = await takePlaces(tx, tenantId)
  if (places === null || places.running < places.most) return
  const { plan, most, running } = places
  throw planLimitReached('concurrentExecutions', { plan, most, used: running })
}

/** Null where the plan runs as many at once as are asked for. */
async function takePlaces(tx: Db, tenantId: string) {
  const plan = await lockPlanPlaces(tx, tenantId)
  const most = plan && plans[plan].limits.concurrentExecutions
  if (plan === null || most === null) return null
  const [row] = await tx.$queryRaw<[{ running: number; waiting: boolean }]>`
    select plan_places_taken(${tenantId}::uuid) as running, plan_has_queue(${tenantId}::uuid) as waiting`
  return { plan, most, ...row }
}
