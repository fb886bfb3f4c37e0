import type Stripe from 'stripe'
import type { Scope } from '../access/tenant-scope'
import { webEnv } from '../env'
import { AppError } from '../errors/app-error'
import { type PaidPlan, requireStripe, type StripeWorld } from './stripe'
import { isLive } from './subscription'

/** Pages of Stripe's portal: all of it, or the one where a card is changed. */
export const portalPages = ['overview', 'payment'] as const
export type PortalPage = (typeof portalPages)[number]

/** The address of Stripe's page that sells a plan. */
export async function openCheckout(scope: Scope, plan: PaidPlan): Promise<{ url: string }> {
  const stripe = requireStripe()
  const { db, tenantId } = scope
  const account = await db.billingAccount.findUnique({ where: { tenantId } })
  if (isLive(account?.status ?? null)) {
    throw new AppError('CONFLICT', 'The tenant has a subscription: change it in the customer portal')
  }
  const customer = account?.customerId ?? (await createCustomer(scope, stripe))
  const [flat, ...metered] = stripe.prices[plan]
  const back = pageOf(scope)
  const session = await ask(() =>
    stripe.client.checkout.sessions.create({
      mode: 'subscription',
      customer,
      client_reference_id: tenantId,
      line_items: [{ price: flat, quantity: 1 }, ...metered.map(price => ({ price }))],
      subscription_data: { metadata: { tenantId } },
      success_url: `${back}?checkout=done`,
      cancel_url: back,
    }),
  )
  if (session.url === null) throw new AppError('UNAVAILABLE', 'Stripe made no page; try again')
  return { url: session.url }
}

/** The address of the portal where a customer sees invoices, changes cards and plans, and cancels. */
export async function openPortal(scope: Scope, page: PortalPage): Promise<{ url: string }> {
  const { client } = requireStripe()
  const { db, tenantId } = scope
  const account = await db.billingAccount.findUnique({ where: { tenantId }, select: { customerId: true } })
  if (account === null) throw new AppError('CONFLICT', 'The tenant has bought nothing yet: choose a plan first')
  const { url } = await ask(() =>
    client.billingPortal.sessions.create({
      customer: account.customerId,
      return_url: pageOf(scope),
      ...(page === 'payment' && { flow_data: { type: 'payment_method_update' as const } }),
    }),
  )
  return { url }
}

/** One for a tenant, however often it is asked: Stripe knows the request again. */
async function createCustomer({ db, tenantId, tenant }: Scope, { client }: StripeWorld): Promise<string> {
  const { name } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } })
  const options = { idempotencyKey: `customer-${tenantId}` }
  const { id: customerId } = await ask(() => client.customers.create({ name, metadata: { tenantId, tenant } }, options))
  await db.billingAccount.createMany({ data: { tenantId, customerId }, skipDuplicates: true })
  const known = await db.billingAccount.findUniqueOrThrow({ where: { tenantId }, select: { customerId: true } })
  return known.customerId
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!isStripeError(error)) throw error
    throw new AppError('UNAVAILABLE', `Stripe did not do it: ${error.message}`)
  }
}

function isStripeError(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Error && 'rawType' in error
}

function pageOf({ tenant }: Scope): string {
  const { MILLRACE_URL, MILLRACE_PORT } = webEnv()
  return new URL(`/${tenant}/settings/billing`, MILLRACE_URL ?? `http://localhost:${MILLRACE_PORT}`).href
}
