import type { Scope } from '../access/tenant-scope'
import { watchExecution } from '../events/execution-events'
import { isTerminal, type LogEntry } from './execution'
import { noSuchExecution } from './find-execution'
import { type ListLogs, readLogs } from './list-logs'

const pollMs = 5_000
const pageSize = 1_000
/** After the end, lines of tasks that run past it may still come for a moment. */
const graceMs = 2_000

/** Lines of an execution from a position on, each once, as they come; until it has ended and said all, or `signal` aborts. */
export async function* followLogs(
  scope: Scope,
  options: Omit<ListLogs, 'limit'>,
  signal: AbortSignal,
): AsyncGenerator<LogEntry> {
  const watch = await watchExecution(scope.tenantId, options.id)
  signal.addEventListener('abort', () => watch.close(), { once: true })
  let after = options.after
  let endedAtMs: number | undefined
  try {
    while (!signal.aborted) {
      // Asked before the lines are read: what was written before the end is then surely among them.
      if (endedAtMs === undefined && (await hasEnded(scope, options.id))) endedAtMs = Date.now()
      const lines = await readLogs(scope, { ...options, after, limit: pageSize })
      for (const line of lines) yield line
      after = lines.at(-1)?.position ?? after
      if (lines.length === pageSize) continue
      if (endedAtMs !== undefined && Date.now() - endedAtMs >= graceMs) return
      await watch.changed(endedAtMs === undefined ? pollMs : graceMs)
    }
  } finally {
    watch.close()
  }
}

async function hasEnded({ db, tenantId }: Scope, id: string): Promise<boolean> {
  const row = await db.execution.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { state: true } })
  if (row === null) throw noSuchExecution(id)
  return isTerminal(row.state)
}
