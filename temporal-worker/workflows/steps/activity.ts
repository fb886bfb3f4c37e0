import type { StepOf } from '#language/plan'
import { toRow } from '../change-batch'
import { prunedScope, renderDuration } from '../render'
import type { Task } from '../task'
import { forgive, type TaskRun, type TerminalState } from '../task-run'
import { atWork, executionRef, takeChanges, type Walk } from '../walk'

/** Runs a task that touches the world, as one activity that records its own task run. */
export function* runActivity(walk: Walk, step: StepOf<'activity'>, run: TaskRun): Task<TerminalState> {
  const { state } = walk
  const timeoutMs = step.timeout === undefined ? undefined : (yield* renderDuration(walk, run, step.timeout)).ms
  const scope = prunedScope(state, run)
  state.changes.forget(run)
  const changes = takeChanges(state)
  const { originalId, parentId } = state.input
  const result = yield* atWork(walk, run, () =>
    walk.activities.runTask({
      execution: executionRef(state),
      originalId,
      ...(parentId === undefined ? {} : { parentId }),
      step,
      run: toRow(run),
      scope,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      successState: forgive(isWarnedRetry(step, run) ? 'WARNING' : 'SUCCESS', step),
      failureState: step.retry === undefined ? forgive('FAILED', step) : 'FAILED',
      ...(changes === undefined ? {} : { changes }),
    }),
  )
  state.setRecorded(run, result.run)
  if (result.outputs !== undefined) state.setRecordedOutputs(run, result.outputs)
  if (result.isStored) state.markStored(run)
  return result.state
}

/** Success after a retry counts as WARNING where the policy says so. */
function isWarnedRetry(step: StepOf<'activity'>, run: TaskRun): boolean {
  return step.retry?.warningOnRetry === true && run.attempts.length > 0
}
