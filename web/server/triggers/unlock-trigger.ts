import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { tellWorker } from '../flows/save-triggers'
import { getTrigger, whereTrigger } from './find-trigger'
import type { TriggerKey, TriggerRecord } from './trigger-record'

/**
 * Lets a trigger start its next execution although one is still open. As in Kestra, what runs is left alone: who wants
 * it ended kills it, which unlocks, too. Executions started afterwards hold the trigger as usual.
 */
export async function unlockTrigger(scope: Scope, key: TriggerKey): Promise<TriggerRecord> {
  const { executionId } = await getTrigger(scope, key)
  if (executionId === undefined) throw new AppError('CONFLICT', `No open execution holds the trigger ${key.triggerId}`)
  await scope.db.transact(async tx => {
    const data = { unlockedAt: new Date(), updatedAt: new Date() }
    await tx.trigger.update({ where: whereTrigger(scope.tenantId, key), data })
    await tellWorker(tx, scope.tenantId)
  })
  return getTrigger(scope, key)
}
