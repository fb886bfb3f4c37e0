import type { ExecutionEvent } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import { isJsonObject, type JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { catchUp } from './fire-schedule'
import { whereTrigger } from './trigger-row'

/** An execution that a trigger started has ended: what the trigger does then. */
export async function afterTriggeredEnd(
  deps: ActivityDependencies,
  tx: Transaction,
  event: ExecutionEvent,
): Promise<(() => Promise<void>)[]> {
  const { tenantId, executionId: id, namespace, flowId } = event
  const execution = await tx.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { trigger: true },
  })
  const trigger = execution?.trigger
  if (!isJsonObject(trigger) || typeof trigger.id !== 'string') return []
  const ref: TriggerRef = { tenantId, namespace, flowId, triggerId: trigger.id }
  const row = await tx.trigger.findUnique({ where: whereTrigger(ref) })
  if (row === null) return []
  await stopAfter(tx, { ref, state: event.state, definition: row.definition as JsonObject })
  return row.kind === 'schedule' ? [() => catchUp(deps, ref)] : []
}

/** Disables a trigger after the end that its `stopAfter` names. */
async function stopAfter(
  tx: Transaction,
  { ref, state, definition }: { ref: TriggerRef; state: string; definition: JsonObject },
): Promise<void> {
  const states = [definition.stopAfter ?? []].flat()
  if (!states.includes(state)) return
  const reason = `stopAfter: an execution ended ${state}`
  const data = { disabled: true, disabledReason: reason, isSynced: false, updatedAt: new Date() }
  await tx.trigger.update({ where: whereTrigger(ref), data })
}
