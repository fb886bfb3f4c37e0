import { logLevels } from '#language/states'
import type { Scope } from '../tenant-scope'
import type { LogEntry } from './execution'
import { noSuchExecution } from './find-execution'

export type LogLevel = (typeof logLevels)[number]

export type ListLogs = {
  id: string
  /** Position of the last line already seen. */
  after?: string
  minLevel?: LogLevel
  taskRunId?: string
  taskId?: string
  limit: number
}

/** Lines of an execution in the order they were written, from a position on. */
export async function listLogs(scope: Scope, input: ListLogs): Promise<LogEntry[]> {
  await requireExecution(scope, input.id)
  return readLogs(scope, input)
}

export async function readLogs({ db, tenantId }: Scope, input: ListLogs): Promise<LogEntry[]> {
  const { id, after, minLevel, taskRunId, taskId, limit } = input
  const rows = await db.log.findMany({
    where: {
      tenantId,
      executionId: id,
      ...(after === undefined ? {} : { position: { gt: BigInt(after) } }),
      ...(minLevel === undefined ? {} : { level: { in: levelsFrom(minLevel) } }),
      ...(taskRunId === undefined ? {} : { taskRunId }),
      ...(taskId === undefined ? {} : { taskId }),
    },
    orderBy: { position: 'asc' },
    take: limit,
  })
  return rows.map(row => ({
    position: row.position.toString(),
    namespace: row.namespace,
    flowId: row.flowId,
    taskId: row.taskId ?? undefined,
    executionId: row.executionId,
    taskRunId: row.taskRunId || undefined,
    attemptNumber: row.attempt,
    timestamp: row.timestamp.toISOString(),
    level: row.level,
    message: row.message,
  }))
}

export async function requireExecution({ db, tenantId }: Scope, id: string): Promise<void> {
  const count = await db.execution.count({ where: { tenantId, id } })
  if (count === 0) throw noSuchExecution(id)
}

/** `logLevels` begins with the gravest. */
function levelsFrom(minLevel: LogLevel): string[] {
  return logLevels.slice(0, logLevels.indexOf(minLevel) + 1)
}
