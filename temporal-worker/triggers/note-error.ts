import type { Transaction } from '#db/tenant-db'
import type { TriggerRef } from '../contract'

/** Shown at the trigger until it has started its flow again. */
export async function noteError(tx: Transaction, ref: TriggerRef, error: string): Promise<undefined> {
  const { tenantId, namespace, flowId, triggerId } = ref
  const where = { tenantId, namespace, flowId, triggerId, OR: [{ error: null }, { error: { not: error } }] }
  await tx.trigger.updateMany({ where, data: { error, evaluatedAt: new Date() } })
}
