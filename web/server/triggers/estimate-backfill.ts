import { catalog } from '#catalog/manifests'
import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Trigger } from '#language/flow'
import type { JsonObject } from '#language/json'
import { countDates, firstFrom } from '#language/triggers/count-dates'
import { datesOfTrigger } from '#language/triggers/dates-of-trigger'
import type { ScheduleDates } from '#language/triggers/evaluate-schedule'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { readRange } from './backfill-range'
import { findTriggerRow } from './find-trigger'
import type { BackfillEstimate, BackfillRange, TriggerKey } from './trigger-record'

/** More executions than this are started only by someone who has seen the number. */
export const confirmedAbove = 1000

/** What a backfill would come to: how many executions, and how long at the flow's usual duration. Starts nothing. */
export async function estimateBackfill(
  scope: Scope,
  { start, end, ...key }: TriggerKey & BackfillRange,
): Promise<BackfillEstimate> {
  const row = await findTriggerRow(scope, key)
  const range = readRange({ start, end })
  const dates = scheduleOf(row)
  const { count: total, isExact } = countDates(dates, range.start, range.end)
  const executionMs = await medianDuration(scope, key)
  const { conditions, scheduleConditions, when } = row.definition as JsonObject
  return {
    start: range.start.toISOString(),
    end: range.end.toISOString(),
    total,
    isExact,
    hasConditions: [conditions, scheduleConditions, when].some(condition => condition !== undefined),
    ...(total === 0 ? {} : endsOf(dates, range)),
    ...(executionMs === undefined ? {} : { executionMs, totalMs: total * executionMs }),
    needsConfirmation: total > confirmedAbove,
  }
}

/** The dates of a trigger, which must be a schedule. */
export function scheduleOf(row: TriggerRow): ScheduleDates {
  const plugin = catalog.find(row.type)
  const dates = plugin && datesOfTrigger(plugin, row.definition as Trigger)
  if (dates !== undefined) return dates
  throw new AppError('INVALID', `Only schedules have dates to replay; ${row.triggerId} is of type ${row.type}`, [
    { message: 'not a schedule', path: 'triggerId', code: 'NOT_A_SCHEDULE' },
  ])
}

function endsOf(dates: ScheduleDates, { start, end }: { start: Date; end: Date }) {
  const lastDate = dates.previous(new Date(end.getTime() + 1))
  return { firstDate: firstFrom(dates, start)?.toISOString(), lastDate: lastDate?.toISOString() }
}

/** A backfill begins an execution each tenth of a second at most, however short they are. */
const shortestMs = 100
const recent = 50

/** Median duration of the flow's last executions. */
async function medianDuration({ db, tenantId }: Scope, { namespace, flowId }: TriggerKey): Promise<number | undefined> {
  const [{ ms }] = await db.$queryRaw<[{ ms: number | null }]>`
    select percentile_cont(0.5) within group (order by extract(epoch from (end_date - start_date)) * 1000)::float8 as ms
    from (
      select start_date, end_date from execution
      where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
        and start_date is not null and end_date is not null
      order by created_at desc limit ${recent}) last`
  return ms === null ? undefined : Math.max(shortestMs, Math.round(ms))
}
