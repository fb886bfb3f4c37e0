import type { Json } from '#language/json'
import type { Step, StepOf } from '#language/plan'
import { forgetIteration } from '../iteration-scope'
import { RenderFailure, render, renderNumber } from '../render'
import { endedInOrder, runAtOnce, runBranches, runInOrder } from '../run-branches'
import type { Task } from '../task'
import type { Place, TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runForEach(walk: Walk, step: StepOf<'forEach'>, run: TaskRun): Task<TerminalState> {
  const values = distinctValues(yield* render(walk, run, step.values))
  const limit = yield* renderNumber(walk, run, step.concurrencyLimit)
  const works = {
    count: step.steps.length === 0 ? 0 : values.length,
    begin: (iteration: number) => runValue(walk, step, run, values[iteration]!, iteration),
    ended: (iteration: number) => endedInOrder(walk, step.steps, { parent: run, iteration }),
  }
  return yield* runBranches(walk, step, run, () => runAtOnce(walk, works, limit))
}

function* runValue(
  walk: Walk,
  step: StepOf<'forEach'>,
  parent: TaskRun,
  value: string,
  iteration: number,
): Task<TerminalState[]> {
  const place = { parent, value, iteration }
  const states = yield* step.tasksAtOnce ? runTasksAtOnce(walk, step.steps, place) : runInOrder(walk, step.steps, place)
  walk.state.letGoOf(parent, iteration)
  if (step.forgets !== undefined) forgetIteration(walk.state, place, step.forgets)
  return states
}

/** Each of them as a work of its own. */
export function runTasksAtOnce(walk: Walk, steps: readonly Step[], place: Place, limit = 0): Task<TerminalState[]> {
  const works = {
    count: steps.length,
    begin: (index: number) => runInOrder(walk, [steps[index]!], place),
    ended: (index: number) => endedInOrder(walk, [steps[index]!], place),
  }
  return runAtOnce(walk, works, limit)
}

/** A list, or JSON text of one; each item once, as text (objects as JSON). */
export function distinctValues(rendered: Json): string[] {
  const values = typeof rendered === 'string' ? parseList(rendered) : rendered
  if (!Array.isArray(values)) throw new RenderFailure(`values is no list: ${JSON.stringify(rendered)}`)
  return [...new Set(values.map(toText))]
}

function parseList(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new RenderFailure(`values is neither a list nor JSON text of one: ${text.slice(0, 200)}`)
  }
}

function toText(value: Json): string {
  if (value === null) throw new RenderFailure('values holds a null')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
