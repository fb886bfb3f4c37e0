import type { ScopedDb } from '#db/tenant-db'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { eventChannel, type TriggerRef } from '../contract'
import { lockTrigger, whereTrigger } from './trigger-row'

/** Disables a trigger, or enables it again; what its flow's text disables stays so. */
export async function toggleTrigger(
  db: ScopedDb,
  ref: TriggerRef,
  { enabled, reason }: { enabled: boolean; reason: string },
): Promise<void> {
  const place = `the trigger ${ref.triggerId} of the flow ${ref.namespace}.${ref.flowId}`
  await db.transact(async tx => {
    const row = await lockTrigger(tx, ref)
    if (row === null || row.kind === 'removed') throw new TaskError(`There is no such trigger: ${place}`)
    if (enabled && (row.definition as JsonObject).disabled === true) {
      throw new TaskError(`The flow's text disables ${place}: change it there`)
    }
    if (row.disabled === !enabled) return
    const data = { disabled: !enabled, disabledReason: enabled ? null : reason, isSynced: false, updatedAt: new Date() }
    await tx.trigger.update({ where: whereTrigger(ref), data })
    await tx.$executeRaw`select pg_notify(${eventChannel}, ${ref.tenantId})`
  })
}
