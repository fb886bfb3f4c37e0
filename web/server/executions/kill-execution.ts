import { killSignal } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { type Execution, isTerminal } from './execution'
import { getExecution } from './get-execution'
import { endBySignal, requireState } from './signal-execution'

/** Asks for the end of an execution; the worker interrupts its tasks and tells when it has. */
export async function killExecution(scope: Scope, id: string): Promise<Execution> {
  await requireState(scope, id, { action: 'killed', isFit: state => !isTerminal(state) })
  await endBySignal(scope, id, { state: 'KILLED' }, [killSignal])
  return getExecution(scope, id)
}
