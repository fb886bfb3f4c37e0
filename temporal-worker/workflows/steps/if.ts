import type { StepOf } from '#language/plan'
import { renderTruth } from '../render'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runIf(walk: Walk, step: StepOf<'if'>, run: TaskRun): Task<TerminalState> {
  // One that is taken up again has chosen.
  const chosen = walk.state.takenUp.has(run) ? run.outputs?.evaluationResult : undefined
  const evaluationResult = typeof chosen === 'boolean' ? chosen : yield* renderTruth(walk, run, step.condition)
  if (chosen === undefined) walk.state.setOutputs(run, { evaluationResult })
  return yield* runBranches(walk, { ...step, steps: evaluationResult ? step.steps : (step.otherwise ?? []) }, run)
}
