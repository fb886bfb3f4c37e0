import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { tellWorker } from '../flows/save-triggers'
import { findTriggerRow, getTrigger } from './find-trigger'
import type { TriggerKey, TriggerRecord } from './trigger-record'

/** Lets no further execution of a backfill begin, or goes on. While it is paused, the schedule's own dates come. */
export function pauseBackfill(scope: Scope, key: TriggerKey, paused: boolean): Promise<TriggerRecord> {
  return changeBackfill(scope, key, paused ? 'pause' : 'continue')
}

/** Ends a backfill; the execution that runs goes on, and the schedule from where it was. */
export function cancelBackfill(scope: Scope, key: TriggerKey): Promise<TriggerRecord> {
  return changeBackfill(scope, key, 'cancel')
}

/** Each change is one statement: the worker takes the backfill further at the same time. */
async function changeBackfill(
  scope: Scope,
  key: TriggerKey,
  change: 'pause' | 'continue' | 'cancel',
): Promise<TriggerRecord> {
  const { namespace, flowId, triggerId } = key
  await findTriggerRow(scope, key)
  await scope.db.transact(async tx => {
    const changed = await tx.$executeRaw`
      update trigger set updated_at = now(),
        backfill = case when ${change} = 'cancel' then null
          else jsonb_set(backfill - 'problem', '{paused}', to_jsonb(${change} = 'pause')) end
      where tenant_id = ${scope.tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
        and trigger_id = ${triggerId} and backfill is not null`
    if (changed === 0) throw new AppError('CONFLICT', `The trigger ${triggerId} has no backfill`)
    await tellWorker(tx, scope.tenantId)
  })
  return getTrigger(scope, key)
}
