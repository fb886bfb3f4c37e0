import { ApplicationFailure } from '@temporalio/common'
import type { JsonObject } from '#language/json'
import type { ResumeRequest } from '../contract'
import { executionScope } from './scope'
import { executionRef, record, type Walk } from './walk'

/** Lets a paused execution go on: the Pause task that is meant, or the whole where it was paused from outside. */
export async function resumePaused(walk: Walk, request: ResumeRequest): Promise<void> {
  const { taskRunId } = request
  // Those that waited before the history began wait again soon.
  if (walk.awaited.size > 0) await walk.host.condition(() => walk.awaited.size === 0 || walk.control.isClosed)
  const waiting = walk.paused.find(({ run }) => taskRunId === undefined || run.id === taskRunId)
  if (waiting === undefined && taskRunId !== undefined) {
    throw ApplicationFailure.nonRetryable(`No task run ${taskRunId} is paused`)
  }
  if (waiting !== undefined) {
    const inputs = await checkInputs(walk, waiting.run.step, request.inputs ?? {})
    waiting.resume({ inputs, ...(request.by === undefined ? {} : { by: request.by }) })
  }
  if (!walk.control.isPaused) return
  walk.control.unpause()
  if (walk.paused.length === 0) walk.state.move('RUNNING')
  await record(walk)
}

/** Checks what was given against the `onResume` inputs of the task. */
async function checkInputs(walk: Walk, step: { kind: string }, given: JsonObject): Promise<JsonObject> {
  const onResume = 'onResume' in step ? step.onResume : undefined
  if (onResume === undefined) return {}
  const result = await walk.host.quick.resolveInputs({
    execution: executionRef(walk.state),
    definitions: onResume as never,
    given,
    scope: executionScope(walk.state),
  })
  if ('failure' in result) throw ApplicationFailure.nonRetryable(result.failure)
  return result.inputs
}
