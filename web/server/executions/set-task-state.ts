import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { Execution } from './execution'
import { isReopenable, reopenExecution } from './reopen-execution'
import { requireState } from './signal-execution'
import { nameOfUser } from './user-name'

/** States that a person may give a task run. */
export const TaskState = z.enum(['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'SKIPPED'])

type SetTaskState = { id: string; taskRunId: string; state: z.output<typeof TaskState>; reason?: string }

/** Gives a task run of an ended execution another state, and has the execution go on from there. */
export async function setTaskState(scope: Scope, { id, taskRunId, state, reason }: SetTaskState): Promise<Execution> {
  const current = await requireState(scope, id, { action: 'changed', isFit: isReopenable })
  const { db, tenantId } = scope
  const where = { tenantId_executionId_id: { tenantId, executionId: id, id: taskRunId } }
  const run = await db.taskRun.findUnique({ where, select: { state: true } })
  if (run === null) throw new AppError('NOT_FOUND', `There is no task run ${taskRunId} in this execution`)
  if (run.state === state) throw new AppError('CONFLICT', `The task run is ${state} already`)
  const by = await nameOfUser(scope)
  return reopenExecution(scope, id, {
    state: current,
    changedTask: { taskRunId, state, by, ...(reason ? { reason } : {}) },
  })
}
