import type { LogEntry } from '#web/server/executions/execution'
import { linesAfter } from './log-lines'

/** Lines that came and are not drawn yet; each is taken once, however often it comes. */
export function createLogBuffer(lastSeen: string | undefined) {
  let last = lastSeen
  let pending: LogEntry[] = []
  return {
    add(found: LogEntry[]) {
      const fresh = linesAfter(found, last)
      last = fresh.at(-1)?.position ?? last
      // Not as arguments of push: a page may hold more than a call can take.
      pending = pending.length === 0 ? fresh : pending.concat(fresh)
    },
    take(): LogEntry[] {
      const lines = pending
      pending = []
      return lines
    },
    /** Position to go on after. */
    last: () => last,
  }
}
