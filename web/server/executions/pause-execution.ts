import { pauseSignal } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import type { Execution } from './execution'
import { getExecution } from './get-execution'
import { requireState, signalExecution } from './signal-execution'

/** Lets running tasks finish and starts no others until the execution is resumed. */
export async function pauseExecution(scope: Scope, id: string): Promise<Execution> {
  await requireState(scope, id, { action: 'paused', isFit: state => state === 'RUNNING' })
  await signalExecution(scope, id, pauseSignal)
  return getExecution(scope, id)
}
