import type { StepOf } from '#language/plan'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runAllowFailure(walk: Walk, step: StepOf<'allowFailure'>, run: TaskRun): Task<TerminalState> {
  const state = yield* runBranches(walk, step, run)
  return state === 'FAILED' ? 'WARNING' : state
}
