import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { toTriggers } from './to-trigger'
import type { TriggerKey, TriggerRecord } from './trigger-record'

export function noSuchTrigger({ namespace, flowId, triggerId }: TriggerKey): AppError {
  return new AppError('NOT_FOUND', `There is no trigger ${triggerId} in the flow ${namespace}.${flowId}`)
}

/** The row of a trigger that is in its flow's newest revision. */
export async function findTriggerRow({ db, tenantId }: Scope, key: TriggerKey): Promise<TriggerRow> {
  const { namespace, flowId, triggerId } = key
  const row = await db.trigger.findUnique({ where: whereTrigger(tenantId, { namespace, flowId, triggerId }) })
  if (row === null || row.kind === 'removed') throw noSuchTrigger(key)
  return row
}

/** A trigger as it is now. */
export async function getTrigger(scope: Scope, key: TriggerKey): Promise<TriggerRecord> {
  const [trigger] = await toTriggers(scope, [await findTriggerRow(scope, key)])
  return trigger!
}

export function whereTrigger(tenantId: string, { namespace, flowId, triggerId }: TriggerKey) {
  return { tenantId_namespace_flowId_triggerId: { tenantId, namespace, flowId, triggerId } }
}
