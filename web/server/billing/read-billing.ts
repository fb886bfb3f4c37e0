import { z } from 'zod'
import type { BillingAccount } from '#db/generated/client'
import { planNamed, planNames, plans } from '#db/plans'
import { countMembers } from '#db/usage/member-room'
import { firstOfMonth } from '#db/usage/plan-limit'
import { storedBytes } from '#db/usage/storage-room'
import type { Scope } from '../access/tenant-scope'
import { Timestamp } from '../schemas'
import { stripe } from './stripe'
import { isLive } from './subscription'

const Limit = z.number().nullable().meta({ description: 'null: no limit' })

const Limits = z.object({
  executionsPerMonth: Limit,
  concurrentExecutions: Limit,
  members: Limit,
  storageBytes: Limit,
  retentionDays: Limit,
  auditRetentionDays: Limit,
})

export const BillingState = z.object({
  plan: z.enum(planNames),
  limits: Limits,
  /** All that there are, the smallest first. */
  plans: z.array(z.object({ plan: z.enum(planNames), limits: Limits })),
  /** Of the same; executions of this month (UTC) are those that ended and those that run. */
  used: z.object({
    executionsPerMonth: z.number(),
    concurrentExecutions: z.number(),
    members: z.number(),
    storageBytes: z.number(),
  }),
  /** Executions that wait until the plan has room. */
  waiting: z.number(),
  /** Whether plans are bought here; else the operator sets them. */
  isSold: z.boolean(),
  subscription: z
    .object({
      status: z.string(),
      isLive: z.boolean(),
      periodEnd: Timestamp.nullable(),
      cancelsAt: Timestamp.nullable(),
      graceUntil: Timestamp.nullable(),
    })
    .nullable(),
  /** What its owner should know and do. */
  notice: z.string().nullable(),
})
export type BillingState = z.infer<typeof BillingState>

/** A tenant's plan, what it gives, and what is used of it now. */
export async function readBilling({ db, tenantId }: Scope): Promise<BillingState> {
  const [tenant, account, members, bytes, [now], waiting] = await Promise.all([
    db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { plan: true } }),
    db.billingAccount.findUnique({ where: { tenantId } }),
    countMembers(db, tenantId),
    storedBytes(db, tenantId),
    db.$queryRaw<{ used: number; running: number }[]>`
      select used_in_month(${tenantId}::uuid, ${firstOfMonth(new Date())}::date) as used,
        plan_places_taken(${tenantId}::uuid) as running`,
    db.execution.count({ where: { tenantId, state: 'QUEUED', waitsForPlan: true, waitsSince: { lte: new Date() } } }),
  ])
  const { used, running } = now ?? { used: 0, running: 0 }
  const plan = planNamed(tenant.plan)
  return {
    plan,
    limits: plans[plan].limits,
    plans: planNames.map(name => ({ plan: name, limits: plans[name].limits })),
    used: { executionsPerMonth: used + running, concurrentExecutions: running, members, storageBytes: bytes },
    waiting,
    isSold: stripe() !== undefined,
    subscription: toSubscription(account),
    notice: noticeOf(plan, account),
  }
}

function toSubscription(account: BillingAccount | null): BillingState['subscription'] {
  if (account === null || account.status === null) return null
  const { status, periodEnd, cancelsAt, graceUntil } = account
  const [end, cancels, grace] = [periodEnd, cancelsAt, graceUntil].map(date => date?.toISOString() ?? null)
  return {
    status,
    isLive: isLive(status),
    periodEnd: end ?? null,
    cancelsAt: cancels ?? null,
    graceUntil: grace ?? null,
  }
}

function noticeOf(plan: string, account: BillingAccount | null): string | null {
  if (account === null) return null
  const { status, cancelsAt, graceUntil } = account
  if (graceUntil !== null && plan !== 'FREE') {
    const { retentionDays } = plans.FREE.limits
    return (
      `The subscription has ended (${status}). The tenant stays on ${plan} until ${dayOf(graceUntil)} and is on FREE then, ` +
      `which keeps executions for ${retentionDays} days: older ones are deleted. Subscribe again to keep ${plan}.`
    )
  }
  if (status === 'past_due') return `The last payment failed. ${plan} goes on while Stripe tries again: check the card.`
  if (status === 'incomplete') return 'The first payment is not complete: finish it in the customer portal.'
  return cancelsAt === null ? null : `The subscription is cancelled: it ends on ${dayOf(cancelsAt)}.`
}

function dayOf(date: Date): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}
