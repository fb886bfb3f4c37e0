import { WorkflowUpdateFailedError } from '@temporalio/client'
import type { JsonObject } from '#language/json'
import { type ResumeRequest, resumeUpdate } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { Execution } from './execution'
import { getExecution } from './get-execution'
import { sealResumeInputs } from './seal-resume-inputs'
import { requireState, workflowOf } from './signal-execution'

type ResumeExecution = { id: string; inputs: JsonObject; taskRunId?: string }

/** Lets a paused execution go on, with the inputs its Pause task asks for. */
export async function resumeExecution(scope: Scope, { id, inputs, taskRunId }: ResumeExecution): Promise<Execution> {
  await requireState(scope, id, { action: 'resumed', isFit: state => state === 'PAUSED' })
  const request: ResumeRequest = { inputs: await sealResumeInputs(scope, id, inputs), taskRunId, by: scope.userId }
  try {
    await workflowOf(scope, id).executeUpdate<void, [ResumeRequest]>(resumeUpdate, { args: [request] })
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error
    // The workflow says what is wrong: inputs that don't fit, or nothing is paused any more.
    throw new AppError('INVALID', error.cause?.message ?? 'It could not be resumed')
  }
  return getExecution(scope, id)
}
