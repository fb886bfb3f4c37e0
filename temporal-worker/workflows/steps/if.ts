import type { StepOf } from '#language/plan'
import { renderTruth } from '../render'
import { runBranches } from '../run-branches'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export async function runIf(walk: Walk, step: StepOf<'if'>, run: TaskRun): Promise<TerminalState> {
  const evaluationResult = await renderTruth(walk, run, step.condition)
  walk.state.setOutputs(run, { evaluationResult })
  return runBranches(walk, { ...step, steps: evaluationResult ? step.steps : (step.otherwise ?? []) }, run)
}
