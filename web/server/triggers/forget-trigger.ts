import { catalog } from '#catalog/manifests'
import type { Trigger } from '#language/flow'
import type { Scope } from '../access/tenant-scope'
import { newMemory, tellWorker } from '../flows/save-triggers'
import { findTriggerRow, noSuchTrigger, whereTrigger } from './find-trigger'
import type { TriggerKey } from './trigger-record'

/**
 * Forgets all that a trigger remembers: its dates, its backfill, whether it is disabled, what it has seen. It stays in
 * its flow, and so begins afresh from now.
 */
export async function forgetTrigger(scope: Scope, key: TriggerKey): Promise<TriggerKey> {
  const row = await findTriggerRow(scope, key)
  const plugin = catalog.find(row.type)
  if (plugin === undefined) throw noSuchTrigger(key)
  const memory = newMemory(row.definition as Trigger, plugin)
  await scope.db.transact(async tx => {
    // An execution of before that is still open doesn't hold it either.
    const data = { ...memory, unlockedAt: new Date(), isSynced: false, updatedAt: new Date() }
    await tx.trigger.update({ where: whereTrigger(scope.tenantId, key), data })
    await tellWorker(tx, scope.tenantId)
  })
  return { namespace: key.namespace, flowId: key.flowId, triggerId: key.triggerId }
}
