import type { Scope } from '../access/tenant-scope'
import { watchExecution } from '../events/execution-events'
import { type Execution, isTerminal } from './execution'
import { getExecution } from './get-execution'

export type ExecutionEvent = { kind: 'start' | 'progress' | 'end'; execution: Execution }

/** Read anew after so long without a word, in case a word was lost. */
const pollMs = 10_000

/** The execution as it is, then after each change, until it has ended or `signal` aborts. */
export async function* followExecution(scope: Scope, id: string, signal: AbortSignal): AsyncGenerator<ExecutionEvent> {
  const watch = await watchExecution(scope.tenantId, id)
  signal.addEventListener('abort', () => watch.close(), { once: true })
  try {
    let sent: string | undefined
    while (!signal.aborted) {
      const execution = await getExecution(scope, id)
      const hasEnded = isTerminal(execution.state.current)
      const looks = fingerprint(execution)
      if (sent === undefined) yield { kind: 'start', execution }
      else if (looks !== sent && !hasEnded) yield { kind: 'progress', execution }
      if (hasEnded) return yield { kind: 'end', execution }
      sent = looks
      await watch.changed(pollMs)
    }
  } finally {
    watch.close()
  }
}

/** Log lines wake us, too; what looks the same to the reader is not sent again. */
function fingerprint({ state, taskRunList = [] }: Execution): string {
  return JSON.stringify([state.current, state.histories, taskRunList.map(run => run.state.histories)])
}
