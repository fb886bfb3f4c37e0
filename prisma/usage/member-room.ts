import { planNamed, plans } from '../plans'
import type { Transaction } from '../tenant-db'
import { planLimitReached } from './plan-limit'

/**
 * Throws PlanLimitReached where a tenant has as many members as its plan is for. Until the transaction ends nobody else is
 * let in by it.
 */
export async function requireMemberRoom(tx: Pick<Transaction, '$queryRaw'>, tenantId: string): Promise<void> {
  const [tenant] = await tx.$queryRaw<{ plan: string }[]>`
    select plan from tenant where id = ${tenantId}::uuid for no key update`
  if (tenant === undefined) return
  const plan = planNamed(tenant.plan)
  const most = plans[plan].limits.members
  if (most === null) return
  const used = await countMembers(tx, tenantId)
  if (used >= most) throw planLimitReached('members', { plan, most, used })
}

/** People; accounts of programs don't count. */
export async function countMembers(db: Pick<Transaction, '$queryRaw'>, tenantId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from membership m join "user" u on u.id = m.user_id
    where m.tenant_id = ${tenantId}::uuid and u.service_of is null`
  return row?.count ?? 0
}
