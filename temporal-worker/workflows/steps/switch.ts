import type { Json } from '#language/json'
import type { StepOf } from '#language/plan'
import { render } from '../render'
import { runBranches } from '../run-branches'
import { done, type Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runSwitch(walk: Walk, step: StepOf<'switch'>, run: TaskRun): Task<TerminalState> {
  const before = walk.state.takenUp.has(run) ? run.outputs?.value : undefined
  const value = typeof before === 'string' ? before : toText(yield* render(walk, run, step.value))
  const chosen = Object.hasOwn(step.cases, value) ? step.cases[value] : undefined
  if (before === undefined) walk.state.setOutputs(run, { value, defaults: chosen === undefined })
  const steps = chosen ?? step.defaults
  if (steps === undefined) warnNothingToRun(walk, run)
  const nothing = () => done<TerminalState[]>(['FAILED'])
  return yield* runBranches(walk, { ...step, steps: steps ?? [] }, run, steps === undefined ? nothing : undefined)
}

function warnNothingToRun(walk: Walk, run: TaskRun): void {
  const { namespace, id } = walk.state.input.plan.flow
  const { executionId } = walk.state.input
  walk.state.log(
    run,
    'WARN',
    `No task found on flow '${namespace}.${id}', task '${run.step.id}', execution '${executionId}'`,
  )
}

/** Cases are compared as text. */
function toText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
