import type { Scope } from '../access/tenant-scope'
import { containing, type LineFilters, shownLevels } from '../logs/log-filters'
import { type LogRow, logColumns, toLogEntry } from '../logs/log-row'
import type { LogEntry } from './execution'
import { noSuchExecution } from './find-execution'

export type ListLogs = LineFilters & {
  id: string
  /** Position of the last line already seen. */
  after?: string
  limit: number
}

/** Lines of an execution that filters leave; $3 to $7. Older days are not looked at: no line is older than its execution. */
export const linesOfExecution = `FROM log
WHERE tenant_id = $1::uuid AND execution_id = $2
  AND timestamp >= (SELECT created_at - interval '1 day' FROM execution WHERE tenant_id = $1::uuid AND id = $2)
  AND ($3::text[] IS NULL OR level = ANY($3::text[])) AND ($4::text IS NULL OR task_run_id = $4)
  AND ($5::text IS NULL OR task_id = $5) AND ($6::int IS NULL OR attempt = $6) AND ($7::text IS NULL OR message ILIKE $7)`

/** The values of `linesOfExecution`. */
export function lineValues(tenantId: string, { id, ...filters }: LineFilters & { id: string }) {
  const { minLevel, taskRunId = null, taskId = null, attempt = null, q } = filters
  return [tenantId, id, shownLevels(minLevel), taskRunId, taskId, attempt, containing(q)]
}

const linesSql = `
SELECT ${logColumns} ${linesOfExecution} AND position > $8::bigint ORDER BY log.position LIMIT $9::int`

/** Lines of an execution in the order they were written, from a position on. */
export async function listLogs(scope: Scope, input: ListLogs): Promise<LogEntry[]> {
  await requireExecution(scope, input.id)
  return readLogs(scope, input)
}

export async function readLogs({ db, tenantId }: Scope, { after = '0', limit, ...of }: ListLogs): Promise<LogEntry[]> {
  const values = [...lineValues(tenantId, of), after, limit]
  const [rows] = (await db.sql({ name: 'lines-of-execution', text: linesSql, values })) as [LogRow[]]
  return rows.map(toLogEntry)
}

export async function requireExecution({ db, tenantId }: Scope, id: string): Promise<void> {
  const count = await db.execution.count({ where: { tenantId, id } })
  if (count === 0) throw noSuchExecution(id)
}
