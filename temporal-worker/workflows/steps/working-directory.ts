import type { StepOf } from '#language/plan'
import { toRow } from '../change-batch'
import { prunedScope } from '../render'
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
  const children = step.steps.map(child => state.createRun(child, { parent: run }))
  const changes = takeChanges(state)
  const { originalId, parentId } = state.input
  const result = yield* atWork(walk, run, () =>
    walk.activities.runWorkingDirectory({
      execution: executionRef(state),
      originalId,
      ...(parentId === undefined ? {} : { parentId }),
      step,
      run: toRow(run),
      children: children.map(toRow),
      scope: prunedScope(state, run),
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
  return result.children.map(child => child.state)
}
