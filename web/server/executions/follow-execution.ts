import { watchExecution } from '../events/execution-events'
import type { Scope } from '../tenant-scope'
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
    let sent = ''
    for (let kind: ExecutionEvent['kind'] = 'start'; !signal.aborted && kind !== 'end'; ) {
      const execution = await getExecution(scope, id)
      // Log lines wake us, too; what looks the same to the reader is not sent again.
      const fingerprint = JSON.stringify([
        execution.state.histories,
        execution.taskRunList?.map(run => run.state.histories),
      ])
      if (isTerminal(execution.state.current)) kind = 'end'
      if (kind !== 'progress' || fingerprint !== sent) yield { kind, execution }
      sent = fingerprint
      if (kind === 'end') return
      kind = 'progress'
      await watch.changed(pollMs)
    }
  } finally {
    watch.close()
  }
}
