import { escapeLike } from '#db/like'
import type { Storage } from '#db/storage'
import { executionFolder } from '#db/storage/uri'
import type { ScopedDb } from '#db/tenant-db'
import type { Purge, PurgeCounts, PurgeFilter } from '#language/define-plugin'
import { isTerminal, terminalStates } from '#language/states'

export type PurgeOptions = { db: ScopedDb; storage: Storage; tenantId: string; signal: AbortSignal }

type Part = keyof PurgeCounts
export type Ended = { id: string; namespace: string; flowId: string }

/** Removes a tenant's records for good, in batches that a kill can come between. */
export function createPurge(options: PurgeOptions): Purge {
  const { db, tenantId, signal } = options
  return {
    async executions({ states, ...filter }, { parts, batchSize }) {
      const total: PurgeCounts = { executions: 0, logs: 0, metrics: 0, files: 0 }
      const isEnded = { in: states?.filter(isTerminal) ?? [...terminalStates] }
      const where = { tenantId, state: isEnded, ...placeOf(filter), createdAt: spanOf(filter) }
      let after = ''
      for (;;) {
        signal.throwIfAborted()
        const batch = await db.execution.findMany({
          where: { ...where, id: { gt: after } },
          select: { id: true, namespace: true, flowId: true },
          orderBy: { id: 'asc' },
          take: batchSize,
        })
        const counts = await purgeBatch(options, batch, new Set(parts))
        for (const part of partNames) total[part] += counts[part]
        const last = batch.at(-1)
        if (last === undefined || batch.length < batchSize) return total
        after = last.id
      }
    },
    async logs({ executionId, levels, ...filter }) {
      const { count } = await db.log.deleteMany({
        where: {
          tenantId,
          ...placeOf(filter),
          timestamp: spanOf(filter),
          ...(executionId === undefined ? {} : { executionId }),
          ...(levels === undefined ? {} : { level: { in: levels } }),
        },
      })
      return count
    },
  }
}

const partNames = ['executions', 'logs', 'metrics', 'files'] as const satisfies readonly Part[]

/** A thousand executions may have millions of lines. */
const batchMs = 120_000

const none = { count: 0 }

/** Removes those of a batch that are still ended: all of each, or the parts that are asked for. */
export async function purgeBatch(
  { db, storage, tenantId }: Omit<PurgeOptions, 'signal'>,
  batch: Ended[],
  parts: ReadonlySet<Part>,
): Promise<PurgeCounts> {
  // Files first: were this cut short, the rows that name them are still there, and the next purge goes on.
  let files = 0
  if (parts.has('files')) {
    for (const { id, ...flow } of batch) {
      files += await storage.deletePrefix(tenantId, executionFolder({ ...flow, executionId: id }))
    }
  }
  const rows = await db.transact(
    async tx => {
      // One that was restarted meanwhile is not ended any more; those that are can't be restarted until this is over.
      const ended = await tx.$queryRaw<{ id: string }[]>`
      select id from execution
      where tenant_id = ${tenantId}::uuid and id = any(${batch.map(({ id }) => id)}) and state = any(${[...terminalStates]})
      for update`
      const ids = { in: ended.map(({ id }) => id) }
      const logs = parts.has('logs') ? await tx.log.deleteMany({ where: { tenantId, executionId: ids } }) : none
      const metrics = parts.has('metrics')
        ? await tx.metric.deleteMany({ where: { tenantId, executionId: ids } })
        : none
      const executions = parts.has('executions')
        ? await tx.execution.deleteMany({ where: { tenantId, id: ids } })
        : none
      return { executions: executions.count, logs: logs.count, metrics: metrics.count }
    },
    { timeoutMs: batchMs },
  )
  return { ...rows, files }
}

/** A flow, or a namespace with those below it. */
function placeOf({ namespace, flowId }: PurgeFilter) {
  const flow = flowId === undefined ? {} : { flowId }
  if (namespace === undefined) return flow
  if (flowId !== undefined) return { namespace, flowId }
  return { OR: [{ namespace }, { namespace: { startsWith: escapeLike(`${namespace}.`) } }] }
}

function spanOf({ startDate, endDate }: PurgeFilter) {
  return { ...(startDate === undefined ? {} : { gte: startDate }), lte: endDate }
}
