import type { StepOf } from '#language/plan'
import { toRow } from '../change-batch'
import { chooseWorkers } from '../choose-workers'
import { outsideFor, travel } from '../outside'
import { prunedScope, renderDuration } from '../render'
import type { Task } from '../task'
import { forgive, type TaskRun, type TerminalState } from '../task-run'
import { executionRef, takeChanges, type Walk } from '../walk'

/** Runs a task that touches the world, as one activity that records its own task run. */
export function* runActivity(walk: Walk, step: StepOf<'activity'>, run: TaskRun): Task<TerminalState> {
  const { state } = walk
  const timeoutMs = step.timeout === undefined ? undefined : (yield* renderDuration(walk, run, step.timeout)).ms
  const workers = yield* chooseWorkers(walk, step, run)
  const { scope, length } = yield* travel(walk, run.id, prunedScope(state, run))
  state.changes.forget(run)
  const changes = takeChanges(state)
  const { originalId, parentId } = state.input
  const work = () =>
    workers.runTask({
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
    })
  const result = yield* startedBy(run, outsideFor(walk, run, length, work))
  state.setRecorded(run, result.run)
  if (result.outputs !== undefined) state.setRecordedOutputs(run, result.outputs)
  if (result.isStored) state.markStored(run)
  return result.state
}

/** Where nobody records its end, the activity may have recorded its start: what the walk writes then comes after that. */
function* startedBy<T>(run: TaskRun, work: Task<T>): Task<T> {
  try {
    return yield* work
  } catch (error) {
    run.version += 1
    throw error
  }
}

/** Success after a retry counts as WARNING where the policy says so. */
function isWarnedRetry(step: StepOf<'activity'>, run: TaskRun): boolean {
  return step.retry?.warningOnRetry === true && run.attempts.length > 0
}
