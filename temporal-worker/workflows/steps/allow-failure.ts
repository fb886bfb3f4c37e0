import type { StepOf } from '#language/plan'
import { runBranches } from '../run-branches'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export async function runAllowFailure(walk: Walk, step: StepOf<'allowFailure'>, run: TaskRun): Promise<TerminalState> {
  const state = await runBranches(walk, step, run)
  return state === 'FAILED' ? 'WARNING' : state
}
