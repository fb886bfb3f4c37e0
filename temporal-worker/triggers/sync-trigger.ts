import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client'
import type { Trigger as TriggerRow } from '#db/generated/client'
import type { JsonObject } from '#language/json'
import { datesOfTrigger } from '#language/triggers/dates-of-trigger'
import type { ActivityDependencies } from '../activities/dependencies'
import { flowQueue, lookAtTriggerName, type TriggerRef } from '../contract'
import { pollDates } from './poll-dates'
import { scheduleSpec } from './schedule-spec'

/** Temporal's id of what looks at a trigger. */
export function scheduleIdOf({ tenantId, namespace, flowId, triggerId }: TriggerRef): string {
  return `${schedulePrefixOf(tenantId)}${namespace}/${flowId}/${triggerId}`
}

/** What the ids of all schedules of a tenant begin with. */
export function schedulePrefixOf(tenantId: string): string {
  return `trigger/${tenantId}/`
}

/** Brings Temporal's schedule to what a trigger's row says; the row of a removed trigger goes with its schedule. */
export async function syncTrigger(deps: ActivityDependencies, row: TriggerRow): Promise<void> {
  const ref: TriggerRef = row
  const wanted = row.kind === 'removed' || row.disabled ? undefined : optionsOf(deps, row)
  if (wanted === undefined) await deleteSchedule(deps.client, scheduleIdOf(ref))
  else await putSchedule(deps.client, wanted)
  const { tenantId, namespace, flowId, triggerId, updatedAt } = row
  const { trigger } = deps.db(tenantId)
  // Should it have changed meanwhile, it is not in step yet.
  const where = { tenantId, namespace, flowId, triggerId, updatedAt }
  if (row.kind === 'removed') await trigger.deleteMany({ where: { ...where, kind: 'removed' } })
  else await trigger.updateMany({ where, data: { isSynced: true } })
}

/** Undefined for triggers that nobody need look at by the clock. */
function optionsOf(deps: ActivityDependencies, row: TriggerRow): ScheduleOptions | undefined {
  const definition = row.definition as JsonObject
  const plugin = deps.catalog.find(row.type)
  if (plugin === undefined || definition.disabled === true) return undefined
  const { tenantId, namespace, flowId, triggerId } = row
  const ref = { tenantId, namespace, flowId, triggerId }
  const common = {
    scheduleId: scheduleIdOf(ref),
    action: {
      type: 'startWorkflow' as const,
      workflowType: lookAtTriggerName,
      workflowId: scheduleIdOf(ref),
      taskQueue: flowQueue,
      args: [ref, plugin.starts],
    },
    policies: { overlap: 'BUFFER_ONE' as const, catchupWindow: '1m' as const },
  }
  if (plugin.starts === 'schedule') {
    const dates = datesOfTrigger(plugin, definition as never)
    return dates && { ...common, spec: scheduleSpec(definition, dates, new Date()) }
  }
  if (plugin.starts !== 'polling') return undefined
  const polls = pollDates(deps, row)
  // The first look comes at once.
  const state = { triggerImmediately: true }
  return polls && { ...common, state, spec: { intervals: [{ every: polls.everyMs, offset: polls.offsetMs }] } }
}

async function putSchedule(client: Client, options: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(options)
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    const { spec, action, policies } = options
    await client.schedule
      .getHandle(options.scheduleId)
      .update(({ state }) => ({ spec, action: action as never, policies, state: { ...state, paused: false } }))
  }
}

async function deleteSchedule(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete()
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
  }
}
