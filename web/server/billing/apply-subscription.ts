import type { BillingAccount } from '#db/generated/client'
import { type Transaction, tenantDb } from '#db/tenant-db'
import { planOfPrices, type StripeWorld } from './stripe'
import { isLive, isOver, type Subscription } from './subscription'

/** So long a subscription that has ended keeps its plan: what FREE does not keep is deleted afterwards. */
export const graceDays = 7

const actor = JSON.stringify({ userId: 'stripe', name: 'Stripe', via: 'system', ip: '' })

export type SubscriptionEvent = { id: string; type: string; createdAt: Date; subscription: Subscription }

/**
 * - `applied`: the tenant is as it says
 * - `known`: it was handled before
 * - `old`: something newer is known, or another subscription counts
 * - `foreign`: no tenant of ours, or not its customer
 */
export type Applied = 'applied' | 'known' | 'old' | 'foreign'

/** Brings a tenant's plan after its subscription, whole or not at all. Events may come twice, late and in any order. */
export async function applySubscription(stripe: StripeWorld, event: SubscriptionEvent): Promise<Applied> {
  const { tenantId, customerId } = event.subscription
  if (tenantId === undefined || !isUuid(tenantId)) return 'foreign'
  return tenantDb(tenantId, undefined, { actor }).transact(async tx => {
    const [tenant] = await tx.$queryRaw<{ plan: string }[]>`
      select plan from tenant where id = ${tenantId}::uuid for no key update`
    if (tenant === undefined) return 'foreign'
    const { count } = await tx.stripeEvent.createMany({ data: { tenantId, id: event.id }, skipDuplicates: true })
    if (count === 0) return 'known'
    const account = await tx.billingAccount.findUnique({ where: { tenantId } })
    if (account !== null && account.customerId !== customerId) return 'foreign'
    if (account !== null && isOld(account, event)) return 'old'
    await write(tx, stripe, { tenantId, tenantPlan: tenant.plan, account, event })
    return 'applied'
  })
}

/** Stripe's times are whole seconds: of two in the same one an end is the last word, and a beginning the first. */
function isOld(account: BillingAccount, { type, createdAt, subscription }: SubscriptionEvent): boolean {
  const { subscriptionId, subscribedAt, status, statusAt } = account
  if (subscriptionId === null || subscribedAt === null || statusAt === null) return false
  if (subscriptionId !== subscription.id) {
    if (isLive(status) !== isLive(subscription.status)) return isLive(status)
    return subscription.createdAt < subscribedAt
  }
  if (createdAt.getTime() !== statusAt.getTime()) return createdAt < statusAt
  return type === 'customer.subscription.created' || status === 'canceled'
}

type Change = { tenantId: string; tenantPlan: string; account: BillingAccount | null; event: SubscriptionEvent }

async function write(tx: Transaction, stripe: StripeWorld, change: Change): Promise<void> {
  const { tenantId, tenantPlan, event } = change
  const { id, customerId, createdAt: subscribedAt, status, prices, periodEnd, cancelsAt } = event.subscription
  const plan = planOfPrices(stripe, prices)
  const said = {
    subscriptionId: id,
    subscribedAt,
    plan: plan ?? null,
    status,
    statusAt: event.createdAt,
    periodEnd,
    cancelsAt,
  }
  const graceUntil = graceOf(change)
  await tx.billingAccount.upsert({
    where: { tenantId },
    create: { tenantId, customerId, ...said, graceUntil },
    update: { ...said, graceUntil },
  })
  if (isLive(status) && plan !== undefined && plan !== tenantPlan) {
    await tx.tenant.update({ where: { id: tenantId }, data: { plan } })
  }
}

/** It begins with the end of a subscription that counted; what never did takes nothing away. */
function graceOf({ account, event }: Change): Date | null {
  const { status } = event.subscription
  if (isLive(status) || account === null) return null
  if (!isOver(status) || !isLive(account.status)) return account.graceUntil
  return new Date(event.createdAt.getTime() + graceDays * 86_400_000)
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
