import type { TenantScope } from '../access/tenant-scope'
import { type ExecutionWatch, watchExecution } from '../events/execution-events'
import { type Execution, isTerminal } from './execution'
import { noSuchExecution } from './find-execution'
import { getExecution } from './get-execution'

/** Read anew after so long without a word, in case a word was lost. */
const pollMs = 5_000

/**
 * Runs `start`, then resolves with the execution once it has ended, or as it is when the asker has left.
 * The watch begins before the start, so that the quickest end is not missed.
 */
export async function startAndWait(
  scope: TenantScope,
  options: { id: string; start: () => Promise<void>; signal: AbortSignal | undefined },
): Promise<Execution> {
  const { id, start, signal } = options
  const watch = await watchExecution(scope.tenantId, id)
  const leave = () => watch.close()
  signal?.addEventListener('abort', leave, { once: true })
  try {
    await start()
    // It can't have ended unnoticed: the first look is for the first word.
    await watch.changed(pollMs)
    let execution = await getExecution(scope, id)
    while (!signal?.aborted && !isTerminal(execution.state.current)) {
      await untilEnded(scope, { id, watch, signal })
      execution = await getExecution(scope, id)
    }
    return execution
  } finally {
    signal?.removeEventListener('abort', leave)
    watch.close()
  }
}

/** Looks at the state alone: an execution of many task runs is read whole only at its end. */
async function untilEnded(
  scope: TenantScope,
  { id, watch, signal }: { id: string; watch: ExecutionWatch; signal: AbortSignal | undefined },
): Promise<void> {
  do await watch.changed(pollMs)
  while (!signal?.aborted && !isTerminal(await readState(scope, id)))
}

async function readState({ db, tenantId }: TenantScope, id: string): Promise<string> {
  const row = await db.execution.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { state: true } })
  if (row === null) throw noSuchExecution(id)
  return row.state
}
