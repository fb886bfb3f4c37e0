import type { StepOf } from '#language/plan'
import { renderNumber } from '../render'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'
import { runTasksAtOnce } from './for-each'

export function* runParallel(walk: Walk, step: StepOf<'parallel'>, run: TaskRun): Task<TerminalState> {
  const limit = yield* renderNumber(walk, run, step.concurrent)
  return yield* runBranches(walk, step, run, () => runTasksAtOnce(walk, step.steps, { parent: run }, limit))
}
