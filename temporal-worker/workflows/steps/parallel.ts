import type { StepOf } from '#language/plan'
import { renderNumber } from '../render'
import { runAtOnce, runBranches } from '../run-branches'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export async function runParallel(walk: Walk, step: StepOf<'parallel'>, run: TaskRun): Promise<TerminalState> {
  const limit = await renderNumber(walk, run, step.concurrent)
  const starts = step.steps.map(child => async () => [await walk.runStep(child, { parent: run })])
  return runBranches(walk, step, run, () => runAtOnce(starts, limit))
}
