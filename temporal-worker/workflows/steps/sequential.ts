import type { StepOf } from '#language/plan'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function runSequential(walk: Walk, step: StepOf<'sequential'>, run: TaskRun): Task<TerminalState> {
  return runBranches(walk, step, run)
}
