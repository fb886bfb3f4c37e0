import type { Json } from '#language/json'
import type { StepOf } from '#language/plan'
import { RenderFailure, render, renderNumber } from '../render'
import { runAtOnce, runBranches, runInOrder } from '../run-branches'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runForEach(walk: Walk, step: StepOf<'forEach'>, run: TaskRun): Task<TerminalState> {
  const values = distinctValues(yield* render(walk, run, step.values))
  const limit = yield* renderNumber(walk, run, step.concurrencyLimit)
  const starts = values.map((value, iteration) => () => runValue(walk, step, run, value, iteration))
  return yield* runBranches(walk, step, run, () => runAtOnce(walk, step.steps.length === 0 ? [] : starts, limit))
}

function runValue(
  walk: Walk,
  step: StepOf<'forEach'>,
  parent: TaskRun,
  value: string,
  iteration: number,
): Task<TerminalState[]> {
  const place = { parent, value, iteration }
  if (!step.tasksAtOnce) return runInOrder(walk, step.steps, place)
  const starts = step.steps.map(child => () => runInOrder(walk, [child], place))
  return runAtOnce(walk, starts, 0)
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
