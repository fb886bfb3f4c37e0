import type { Trigger as TriggerRow } from '#db/generated/client'
import type { ActivityDependencies } from '../activities/dependencies'
import { catchUp } from '../triggers/fire-schedule'
import { shapeNextDate } from '../triggers/shape-next-date'
import { syncTrigger } from '../triggers/sync-trigger'
import { createTurns } from '../triggers/turns'

/** Each is a call to Temporal, which writes; a bulk of flows brings many. */
const atOnce = 8

/** Brings Temporal's schedules after the rows that changed. */
export async function syncTriggers(deps: ActivityDependencies, tenantId: string): Promise<void> {
  const rows = await deps.db(tenantId).trigger.findMany({ where: { tenantId, isSynced: false }, take: 500 })
  const inTurn = createTurns(atOnce)
  const work = rows.map(row =>
    inTurn(() => sync(deps, row)).catch(error => deps.report(error, { tenantId, triggerId: row.triggerId })),
  )
  await Promise.all(work)
}

async function sync(deps: ActivityDependencies, row: TriggerRow): Promise<void> {
  await shapeNextDate(deps, row)
  await syncTrigger(deps, row)
  const { tenantId, namespace, flowId, triggerId, kind, nextDate } = row
  // Of one that is enabled again, dates may be due that its schedule at Temporal won't look for.
  if (kind === 'schedule' && nextDate !== null && nextDate <= new Date()) {
    await catchUp(deps, { tenantId, namespace, flowId, triggerId })
  }
}
