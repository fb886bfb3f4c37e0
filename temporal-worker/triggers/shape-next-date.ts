import type { Trigger as TriggerRow } from '#db/generated/client'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import { hasConditions, openSchedule } from './open-schedule'

/**
 * Moves the next date of a schedule that was saved to the first that its conditions let through. Whoever saves a flow
 * can't ask them, and notes the first date of all.
 */
export async function shapeNextDate(deps: ActivityDependencies, row: TriggerRow): Promise<void> {
  const { tenantId, namespace, flowId, triggerId, nextDate, updatedAt } = row
  if (row.kind !== 'schedule' || row.disabled || !hasConditions(row.definition as JsonObject)) return
  // One that is due is looked at.
  if (nextDate === null || nextDate <= new Date()) return
  const ref = { tenantId, namespace, flowId, triggerId }
  const schedule = await openSchedule(deps, { ref, row })
  if (schedule === undefined) return
  // One that changed meanwhile is shaped for that change.
  const where = { ...ref, nextDate, updatedAt }
  await deps.db(tenantId).trigger.updateMany({ where, data: { nextDate: schedule.firstHeld(nextDate) ?? null } })
}
