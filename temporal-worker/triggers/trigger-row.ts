import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import type { TriggerRef } from '../contract'

/** A trigger's row, locked until the transaction ends: who evaluates it does so alone. Null where it is gone. */
export async function lockTrigger(tx: Transaction, ref: TriggerRef): Promise<TriggerRow | null> {
  const { tenantId, namespace, flowId, triggerId } = ref
  await tx.$queryRaw`
    select 1 from trigger
    where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId} and trigger_id = ${triggerId}
    for update`
  return tx.trigger.findUnique({ where: whereTrigger(ref) })
}

export function whereTrigger({ tenantId, namespace, flowId, triggerId }: TriggerRef) {
  return { tenantId_namespace_flowId_triggerId: { tenantId, namespace, flowId, triggerId } }
}

/**
 * Whether an execution that the trigger started has not ended. Asked of the executions, so that no lock can stay behind;
 * those that were there when somebody unlocked the trigger don't count. One whose end `stopAfter` has still to be asked
 * about is open: else the trigger could start once more before it is disabled.
 */
export async function hasOpenExecution(db: Pick<Transaction, '$queryRaw'>, ref: TriggerRef): Promise<boolean> {
  const { tenantId, namespace, flowId, triggerId } = ref
  const [{ open }] = await db.$queryRaw<[{ open: boolean }]>`
    select exists (
      select from execution
      where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
        and trigger is not null and trigger ->> 'id' = ${triggerId}
        and created_at > coalesce((
          select unlocked_at from trigger
          where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
            and trigger_id = ${triggerId}), '-infinity')
        and state not in ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED'))
    or exists (
      select from execution_event ended
      join execution e on e.tenant_id = ended.tenant_id and e.id = ended.execution_id
      join trigger t on t.tenant_id = e.tenant_id and t.namespace = e.namespace and t.flow_id = e.flow_id
        and t.trigger_id = e.trigger ->> 'id'
      where ended.tenant_id = ${tenantId}::uuid and ended.namespace = ${namespace} and ended.flow_id = ${flowId}
        and is_ended(ended.state) and t.trigger_id = ${triggerId} and t.definition -> 'stopAfter' is not null) as open`
  return open
}
