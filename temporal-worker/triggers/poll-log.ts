import type { LogRow } from '#db/record-execution'
import type { LogLevel } from '#language/define-plugin'
import { cutLine } from '../activities/task-log'
import { isLogged } from '../workflows/log-level'

/** A poll is short; who says more says it in vain. */
const mostLines = 1000

/** What a poll says. It is kept with the execution that the poll starts; of one that starts none, nobody would read it. */
export function createPollLog({
  triggerId,
  minimum,
  maxLineBytes,
}: {
  triggerId: string
  minimum: string | undefined
  maxLineBytes: number
}) {
  const rows: LogRow[] = []
  return {
    rows,
    log(level: LogLevel, message: string): void {
      if (rows.length >= mostLines || !isLogged(level, minimum)) return
      const place = { taskRunId: '', attempt: 0, sequence: rows.length, taskId: triggerId }
      rows.push({ ...place, timestamp: new Date().toISOString(), level, message: cutLine(message, maxLineBytes) })
    },
    metric: () => undefined,
  }
}
