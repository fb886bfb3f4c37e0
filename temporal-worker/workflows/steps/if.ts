import type { StepOf } from '#language/plan'
import { renderTruth } from '../render'
import { runBranches } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runIf(walk: Walk, step: StepOf<'if'>, run: TaskRun): Task<TerminalState> {
  const evaluationResult = yield* renderTruth(walk, run, step.condition)
  walk.state.setOutputs(run, { evaluationResult })
  return yield* runBranches(walk, { ...step, steps: evaluationResult ? step.steps : (step.otherwise ?? []) }, run)
}
