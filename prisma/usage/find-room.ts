import { planNamed, plans } from '../plans'
import type { ScopedDb } from '../tenant-db'
import { firstOfMonth, limitsByPlan, planLimitReached } from './plan-limit'

/** Executions at once by plan, for `admit_queued`. */
export const placesByPlan = JSON.stringify(limitsByPlan(plans, 'concurrentExecutions'))

/** Plans that limit what is started. */
export const limitedPlans = Object.entries(plans).flatMap(([name, { limits }]) =>
  limits.executionsPerMonth === null && limits.concurrentExecutions === null ? [] : [name],
)

/** A tenant that has no limit is taken at that for so long. */
const knownForMs = 5000
const mostKnown = 10_000
const unlimitedUntil = new Map<string, number>()

type Db = Pick<ScopedDb, 'sql'>

/** Whether a tenant's plan limits what is started. One without costs its starts a look every few seconds. */
export async function hasPlanLimits(db: Db, tenantId: string): Promise<boolean> {
  if ((unlimitedUntil.get(tenantId) ?? 0) > Date.now()) return false
  const text = 'SELECT FROM tenant WHERE id = $1::uuid AND plan = ANY($2::text[])'
  const [rows] = await db.sql({ name: 'plan-is-limited', text, values: [tenantId, limitedPlans] })
  if (rows!.length > 0) return true
  if (unlimitedUntil.size >= mostKnown) unlimitedUntil.clear()
  unlimitedUntil.set(tenantId, Date.now() + knownForMs)
  return false
}

/** For tests, whose tenants change their plan within a moment. */
export function forgetPlans(): void {
  unlimitedUntil.clear()
}

const roomSql =
  'SELECT plan, used, running, waiting, has_queue AS "hasQueue" FROM plan_room($1::uuid, $2::date, $3::text[])'

type Row = { plan: string; used: number; running: number; waiting: number; hasQueue: boolean }

/** `unlimited`: the plan does not ask. `full`: it would have to wait, behind those that do. */
export type PlanRoom = 'unlimited' | 'free' | 'full'

/**
 * Whether a tenant may start one more execution, and at once. Throws PlanLimitReached where the month is used up, those that
 * run and wait included. In the transaction that writes the execution: until it ends, nobody else of the tenant is answered.
 */
export async function findPlanRoom(tx: Db, tenantId: string): Promise<PlanRoom> {
  const now = new Date()
  const values = [tenantId, firstOfMonth(now), limitedPlans]
  const [rows] = (await tx.sql({ name: 'plan-room', text: roomSql, values })) as [Row[]]
  const row = rows[0]
  if (row === undefined) return 'unlimited'
  const plan = planNamed(row.plan)
  const { executionsPerMonth, concurrentExecutions } = plans[plan].limits
  const used = row.used + row.running + row.waiting
  if (executionsPerMonth !== null && used >= executionsPerMonth) {
    throw planLimitReached('executionsPerMonth', { plan, most: executionsPerMonth, used, now })
  }
  if (concurrentExecutions === null) return 'unlimited'
  return row.running >= concurrentExecutions || row.hasQueue ? 'full' : 'free'
}
