import type { Trigger as TriggerRow } from '#db/generated/client'
import type { ScopedDb } from '#db/tenant-db'
import type { TriggerRef } from '../../contract'

/** Without a sign of life for so long, a worker counts as dead, and another may listen. */
export const leaseMs = 15_000

/** Who listens to a trigger, for the text that its row has now: an edit ends the lease. */
export type Lease = { ref: TriggerRef; holder: string; updatedAt: Date }

/** Takes a trigger that nobody listens to; false where another does, or where it is not to be listened to. */
export function takeLease(db: ScopedDb, row: TriggerRow, holder: string): Promise<boolean> {
  return renewLease(db, { ref: row, holder, updatedAt: row.updatedAt })
}

/** Says that the holder is alive; false where it may not listen any more. The database's clock counts for all. */
export async function renewLease(db: ScopedDb, { ref, holder, updatedAt }: Lease): Promise<boolean> {
  const { tenantId, namespace, flowId, triggerId } = ref
  const changed = await db.$executeRaw`
    update trigger t set state = t.state || jsonb_build_object('holder', ${holder}::text,
      'until', extract(epoch from now()) * 1000 + ${leaseMs}::int)
    from flow f
    where t.tenant_id = ${tenantId}::uuid and t.namespace = ${namespace} and t.flow_id = ${flowId}
      and t.trigger_id = ${triggerId} and t.kind = 'realtime' and not t.disabled and t.updated_at = ${updatedAt}
      and f.tenant_id = t.tenant_id and f.namespace = t.namespace and f.id = t.flow_id
      and not f.disabled and not f.deleted
      and (t.state ->> 'holder' is null or t.state ->> 'holder' = ${holder}
        or (t.state ->> 'until')::float8 < extract(epoch from now()) * 1000)`
  return changed > 0
}

/** Lets another worker listen at once. */
export async function releaseLease(db: ScopedDb, { ref, holder }: Lease): Promise<void> {
  const { tenantId, namespace, flowId, triggerId } = ref
  await db.$executeRaw`
    update trigger set state = state - 'holder' - 'until'
    where tenant_id = ${tenantId}::uuid and namespace = ${namespace} and flow_id = ${flowId}
      and trigger_id = ${triggerId} and state ->> 'holder' = ${holder}`
}
