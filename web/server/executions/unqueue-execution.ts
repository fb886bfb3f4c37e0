import { z } from 'zod'
import { type LeaveQueue, leaveQueueSignal } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import type { Execution } from './execution'
import { forceRun } from './force-run'
import { getExecution } from './get-execution'
import { endBySignal, requireState } from './signal-execution'
import { nameOfUser } from './user-name'

/** What becomes of an execution that is taken out of the queue. */
export const UnqueueState = z.enum(['RUNNING', 'CANCELLED', 'FAILED'])
export type UnqueueState = z.infer<typeof UnqueueState>

type Unqueue = { id: string; state: UnqueueState }

/** Takes an execution out of its flow's queue: it runs past the limit, or ends without having run. */
export async function unqueueExecution(scope: Scope, { id, state }: Unqueue): Promise<Execution> {
  await requireState(scope, id, { action: 'taken out of the queue', isFit: found => found === 'QUEUED' })
  if (state === 'RUNNING') return forceRun(scope, id)
  const reason = `${await nameOfUser(scope)} took the execution out of the queue`
  const leave: LeaveQueue = { state, reason }
  await endBySignal(scope, id, { state, reason }, [leaveQueueSignal, leave])
  return getExecution(scope, id)
}
