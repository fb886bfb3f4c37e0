import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import type { TriggerKey } from './trigger-record'

/** The oldest open execution of each trigger since it was unlocked last, by `holderKey`. */
export async function listHolders({ db, tenantId }: Scope, rows: TriggerRow[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await db.$queryRaw<{ namespace: string; flowId: string; triggerId: string; id: string }[]>`
    select asked.namespace, asked.flow_id as "flowId", asked.trigger_id as "triggerId", holder.id
    from unnest(${rows.map(row => row.namespace)}::text[], ${rows.map(row => row.flowId)}::text[],
      ${rows.map(row => row.triggerId)}::text[]) as asked(namespace, flow_id, trigger_id)
    join trigger t on t.tenant_id = ${tenantId}::uuid and t.namespace = asked.namespace
      and t.flow_id = asked.flow_id and t.trigger_id = asked.trigger_id
    cross join lateral (
      select e.id from execution e
      where e.tenant_id = ${tenantId}::uuid and e.namespace = asked.namespace and e.flow_id = asked.flow_id
        and e.trigger is not null and e.trigger ->> 'id' = asked.trigger_id
        and e.created_at > coalesce(t.unlocked_at, '-infinity')
        and e.state not in ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED')
      order by e.created_at, e.id limit 1
    ) holder`
  return new Map(found.map(row => [holderKey(row), row.id]))
}

export function holderKey({ namespace, flowId, triggerId }: TriggerKey): string {
  return `${namespace}\n${flowId}\n${triggerId}`
}
