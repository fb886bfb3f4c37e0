import type { StepOf } from '#language/plan'
import { toRow } from '../change-batch'
import { chooseWorkers } from '../choose-workers'
import { Abandoned } from '../control'
import { prunedScope } from '../render'
import { newExecutionDelay } from '../retry'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import { atWork, executionRef, takeChanges, type Walk } from '../walk'

/** Runs its tasks in order in one folder, as one activity; each has its own task run. */
export function* runWorkingDirectory(walk: Walk, step: StepOf<'workingDirectory'>, run: TaskRun): Task<TerminalState> {
  return yield* runBranches(walk, step, run, () => runTasks(walk, step, run))
}

function* runTasks(walk: Walk, step: StepOf<'workingDirectory'>, run: TaskRun): Task<TerminalState[]> {
  const { state } = walk
  const workers = yield* chooseWorkers(walk, step, run)
  walk.resumed?.dropBelow(state, run)
  const children = step.steps.map(child => state.createRun(child, { parent: run }))
  const changes = takeChanges(state)
  const { originalId, parentId } = state.input
  const result = yield* atWork(walk, run, () =>
    workers.runWorkingDirectory({
      execution: executionRef(state),
      originalId,
      ...(parentId === undefined ? {} : { parentId }),
      step,
      run: toRow(run),
      children: children.map(toRow),
      scope: prunedScope(state, run),
      outputPath: outputPathOf(run),
      tried: { attempt: state.input.attempt, createdAtMs: state.input.createdAtMs },
      ...(changes === undefined ? {} : { changes }),
    }),
  )
  for (const [index, child] of children.entries()) {
    const ended = result.children[index]
    if (ended === undefined) state.removeRun(child)
    else {
      state.setRecorded(child, ended.run)
      if (ended.outputs !== undefined) state.setRecordedOutputs(child, ended.outputs)
      if (ended.isStored) state.markStored(child)
    }
  }
  if (Object.keys(result.outputs).length > 0) state.setOutputs(run, result.outputs)
  for (const { level, message } of result.notes ?? []) state.log(run, level, message)
  retryElsewhere(walk, step, result.children.at(-1), result.children.length)
  const states = result.children.map(child => child.state)
  if (result.failure === undefined) return states
  state.log(run, 'ERROR', result.failure)
  return [...states, 'FAILED']
}

/** The policy of the task that failed last may want another execution. */
function retryElsewhere(
  { control, state }: Walk,
  { steps }: StepOf<'workingDirectory'>,
  last: { state: TerminalState } | undefined,
  count: number,
): void {
  if (last?.state !== 'FAILED') return
  const delayMs = newExecutionDelay(steps[count - 1]?.retry, state.input, Date.now())
  if (delayMs === undefined) return
  control.end({ state: 'RETRIED', delayMs })
  throw new Abandoned()
}

/** A Loop shows what is inside one of its iterations as if it were all. */
function outputPathOf(run: TaskRun): string[] {
  const path: string[] = []
  for (let at: TaskRun | undefined = run; at !== undefined && at.parent?.step.kind !== 'loop'; at = at.parent) {
    if (at.value !== undefined) path.unshift(at.value)
  }
  return path
}
