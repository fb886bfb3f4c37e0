import { killSignal } from '#worker/contract'
import type { Scope } from '../tenant-scope'
import { endUnstarted } from './end-unstarted'
import { type Execution, isTerminal } from './execution'
import { getExecution } from './get-execution'
import { requireState, signalExecution } from './signal-execution'

/** Asks for the end of an execution; the worker interrupts its tasks and tells when it has. */
export async function killExecution(scope: Scope, id: string): Promise<Execution> {
  await requireState(scope, id, { action: 'killed', isFit: state => !isTerminal(state) })
  const isRunning = await signalExecution(scope, id, killSignal)
  if (!isRunning) await endUnstarted(scope, id, { state: 'KILLED' })
  return getExecution(scope, id)
}
