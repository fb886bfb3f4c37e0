import type { StepOf } from '#language/plan'
import { renderNumber } from '../render'
import { runAtOnce, runBranches, runInOrder } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runParallel(walk: Walk, step: StepOf<'parallel'>, run: TaskRun): Task<TerminalState> {
  const limit = yield* renderNumber(walk, run, step.concurrent)
  const starts = step.steps.map(child => () => runInOrder(walk, [child], { parent: run }))
  return yield* runBranches(walk, step, run, () => runAtOnce(walk, starts, limit))
}
