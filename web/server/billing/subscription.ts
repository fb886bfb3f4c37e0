import { z } from 'zod'

const seconds = z.number().transform(value => new Date(value * 1000))
const Reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])

/** What Stripe says of a subscription, as far as it is used here. Older API versions have the period beside the items. */
export const Subscription = z
  .object({
    id: z.string(),
    customer: Reference,
    created: seconds,
    status: z.string(),
    cancel_at: seconds.nullish(),
    cancel_at_period_end: z.boolean().nullish(),
    current_period_end: seconds.nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    items: z.object({
      data: z.array(z.object({ price: z.object({ id: z.string() }), current_period_end: seconds.nullish() })),
    }),
  })
  .transform(({ id, customer, created, status, metadata, items, ...dates }) => {
    const periodEnd = items.data[0]?.current_period_end ?? dates.current_period_end ?? null
    return {
      id,
      customerId: customer,
      createdAt: created,
      status,
      tenantId: metadata?.tenantId,
      prices: items.data.map(({ price }) => price.id),
      periodEnd,
      cancelsAt: dates.cancel_at ?? (dates.cancel_at_period_end === true ? periodEnd : null),
    }
  })
export type Subscription = z.infer<typeof Subscription>

/** Its plan counts; one that is past due has time to pay. */
const live = new Set(['active', 'trialing', 'past_due'])
const over = new Set(['canceled', 'unpaid', 'incomplete_expired', 'paused'])

export function isLive(status: string | null): boolean {
  return status !== null && live.has(status)
}

export function isOver(status: string): boolean {
  return over.has(status)
}
