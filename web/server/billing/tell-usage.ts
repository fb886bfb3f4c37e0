import type Stripe from 'stripe'
import type { ScopedDb } from '#db/tenant-db'
import { log } from '../log'
import type { StripeWorld } from './stripe'

/** Of the meter that the operator makes at Stripe. */
const eventName = 'millrace_executions'

const dayMs = 86_400_000
/** Stripe takes nothing older than 35 days. */
const oldestMs = 34 * dayMs
/** A transaction that began before midnight has long ended. */
const settledMs = 3_600_000

/**
 * Tells Stripe the executions of each day that is over, once for a day: what is to be told is written first, and its
 * identifier is the same at each try.
 */
export async function tellUsage(
  { client }: StripeWorld,
  db: ScopedDb,
  tenantId: string,
  now = new Date(),
): Promise<void> {
  const account = await db.billingAccount.findUnique({ where: { tenantId } })
  if (account === null || account.subscribedAt === null) return
  await notePast(db, { tenantId, since: account.subscribedAt, now })
  const due = await db.meterEvent.findMany({ where: { tenantId, sentAt: null }, orderBy: { day: 'asc' } })
  for (const { day, executions } of due) {
    const error = await send(client, { tenantId, customerId: account.customerId, day, executions, now })
    const data = error === undefined ? { sentAt: now, error: null } : { error }
    await db.meterEvent.updateMany({ where: { tenantId, day, sentAt: null }, data })
    if (error !== undefined)
      log.warn({ tenantId, day, error }, 'Stripe was not told of the usage of a day; tried again later')
  }
}

/** Days that nothing is added to any more. */
async function notePast(
  db: ScopedDb,
  { tenantId, since, now }: { tenantId: string; since: Date; now: Date },
): Promise<void> {
  const settled = new Date(now.getTime() - settledMs)
  await db.$executeRaw`
    insert into meter_event (tenant_id, day, executions)
    select u.tenant_id, u.day, sum(u.executions)::int from usage_day u
    where u.tenant_id = ${tenantId}::uuid and u.day < (${settled}::timestamptz at time zone 'UTC')::date
      and u.day >= (${since}::timestamptz at time zone 'UTC')::date and not exists (
        select from usage_event e where e.tenant_id = u.tenant_id and e.day = u.day)
    group by u.tenant_id, u.day having sum(u.executions) > 0
    on conflict do nothing`
}

type Told = { tenantId: string; customerId: string; day: Date; executions: number; now: Date }

/** What went wrong, if it did. */
async function send(client: Stripe, { tenantId, customerId, day, executions, now }: Told): Promise<string | undefined> {
  const identifier = `${tenantId}/${day.toISOString().slice(0, 10)}`
  const at = Math.max(day.getTime() + dayMs / 2, now.getTime() - oldestMs)
  const event = {
    event_name: eventName,
    identifier,
    timestamp: Math.floor(at / 1000),
    payload: { stripe_customer_id: customerId, value: String(executions) },
  }
  try {
    await client.billing.meterEvents.create(event)
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // An earlier try got through whose answer did not.
    return message.includes(identifier) && message.includes('already exists') ? undefined : message
  }
}
