import type { ScopedDb } from '#db/tenant-db'
import { executionChannel } from '../contract'

/**
 * Far above what a walk that was just being begun counts up to: should one begin nevertheless, it doesn't undo the end.
 */
const beyondAnyWalk = 1_000_000

/** Ends an execution that no workflow walks. Only while it is not begun: the worker's word counts more. */
export async function endUnstarted(
  db: ScopedDb,
  { tenantId, id }: { tenantId: string; id: string },
  end: { state: 'FAILED' | 'KILLED' | 'CANCELLED'; reason?: string },
): Promise<boolean> {
  const now = new Date()
  const change = JSON.stringify([{ state: end.state, date: now.toISOString() }])
  return db.transact(async tx => {
    const count = await tx.$executeRaw`
      update execution set
        state = ${end.state}, histories = histories || ${change}::jsonb, error = ${end.reason ?? null}, end_date = ${now},
        version = version + ${beyondAnyWalk}
      where tenant_id = ${tenantId}::uuid and id = ${id} and state in ('CREATED', 'QUEUED', 'RESTARTED')`
    await tx.$executeRaw`select pg_notify(${executionChannel}, ${`${tenantId}/${id}`})`
    return count > 0
  })
}
