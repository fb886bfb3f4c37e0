import { isJsonObject } from '#language/json'
import type { Scope } from '../access/tenant-scope'
import type { MetricEntry } from './execution'
import { noSuchExecution } from './find-execution'

type ListMetrics = { id: string; taskRunId?: string; taskId?: string }

/** Kept in bounds: a task that counts in a loop writes many. */
const maxMetrics = 10_000

export async function listMetrics(
  { db, tenantId }: Scope,
  { id, taskRunId, taskId }: ListMetrics,
): Promise<{ results: MetricEntry[]; total: number }> {
  const execution = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { namespace: true, flowId: true },
  })
  if (execution === null) throw noSuchExecution(id)
  const rows = await db.metric.findMany({
    where: { tenantId, executionId: id, taskRunId, taskId },
    orderBy: [{ timestamp: 'asc' }, { sequence: 'asc' }],
    take: maxMetrics,
  })
  const results = rows.map(row => ({
    ...execution,
    taskId: row.taskId,
    executionId: id,
    taskRunId: row.taskRunId,
    type: row.type,
    name: row.name,
    value: row.value,
    timestamp: row.timestamp.toISOString(),
    tags: isJsonObject(row.tags) ? row.tags : {},
  }))
  return { results, total: results.length }
}
