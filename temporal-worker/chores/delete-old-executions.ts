import type { Storage } from '#db/storage'
import type { ScopedDb } from '#db/tenant-db'
import { terminalStates } from '#language/states'
import { purgeBatch } from '../activities/purge'

/** Each batch is a transaction. */
const batchSize = 200
/** What is left after these waits for the next time. */
const mostBatches = 100

const parts = new Set(['executions', 'logs', 'metrics', 'files'] as const)

/** Removes executions that ended before a date, the oldest first, with all that belongs to them; how many. Open ones stay. */
export async function deleteOldExecutions(
  world: { db: ScopedDb; storage: Storage; tenantId: string },
  before: Date,
): Promise<number> {
  const { db, tenantId } = world
  let deleted = 0
  for (let count = 0; count < mostBatches; count++) {
    const batch = await db.execution.findMany({
      where: {
        tenantId,
        state: { in: [...terminalStates] },
        // The index is by creation, which comes before the end.
        createdAt: { lt: before },
        OR: [{ endDate: { lt: before } }, { endDate: null }],
      },
      select: { id: true, namespace: true, flowId: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: batchSize,
    })
    const { executions } = batch.length === 0 ? { executions: 0 } : await purgeBatch(world, batch, parts)
    deleted += executions
    // Those that are restarted just now are found again next time.
    if (batch.length < batchSize || executions === 0) break
  }
  return deleted
}
