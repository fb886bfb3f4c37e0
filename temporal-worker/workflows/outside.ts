import type { JsonObject } from '#language/json'
import { storeText } from './continue/travel'
import { type Task, wait } from './task'
import type { TaskRun } from './task-run'
import { executionRef, type Walk } from './walk'

/** Temporal refuses a workflow with more than 2,000 activities under way. */
const mostUnderWay = 1000

/** Temporal takes 4 MB in one message; what a turn asks for travels together. */
const mostPerTurn = 1024 * 1024

/** Below this many characters nobody counts. */
const smallLength = 4 * 1024

/** What a walk has under way outside, so that Temporal's limits are never met. */
export type Outside = { underWay: number; length: number; flushed: Promise<void> | undefined; waiting: (() => void)[] }

export function nothingOutside(): Outside {
  return { underWay: 0, length: 0, flushed: undefined, waiting: [] }
}

/** Has something done outside, whose arguments have so many characters, as soon as there is room for it. */
export function* outside<T>(walk: Walk, length: number, work: () => Promise<T>): Task<T> {
  const { outside: out } = walk
  while (out.underWay >= mostUnderWay && isCounted(walk)) {
    yield* wait(new Promise<void>(resolve => out.waiting.push(resolve)))
  }
  if (length > smallLength) yield* flushIfFull(walk, length)
  out.underWay += 1
  try {
    return yield* wait(work())
  } finally {
    out.underWay -= 1
    out.waiting.shift()?.()
  }
}

/** As `outside`, for a run: kill reaches it, and an ended holder leaves it alone. */
export function* outsideFor<T>(walk: Walk, run: TaskRun, length: number, work: () => Promise<T>): Task<T> {
  walk.active.add(run)
  try {
    return yield* outside(walk, length, () => walk.scope.run(work))
  } finally {
    walk.active.delete(run)
  }
}

function* flushIfFull(walk: Walk, length: number): Task<void> {
  const { outside: out, host } = walk
  while (out.length > 0 && out.length + length > mostPerTurn && isCounted(walk)) {
    // A timer ends the turn: what was asked for is then with Temporal.
    out.flushed ??= host
      .shielded(() => host.sleep(1))
      .then(() => {
        out.length = 0
        out.flushed = undefined
      })
    yield* wait(out.flushed)
  }
  out.length += length
}

/** Executions that began before there were such limits go on without. */
function isCounted({ host }: Walk): boolean {
  return host.history?.mayContinue() ?? false
}

/** Variables of this many characters travel in a file. */
const inlineLength = 128 * 1024

/** The variables of a task on their way to an activity; large outputs as a file that it reads. */
export function* travel(walk: Walk, name: string, scope: JsonObject): Task<{ scope: JsonObject; length: number }> {
  if (!walk.state.hasManyOutputs) return { scope, length: 0 }
  const { outputs = {}, tasks = {}, ...rest } = scope
  const text = JSON.stringify(outputs)
  const length = text.length + JSON.stringify(tasks).length
  if (length <= inlineLength || walk.host.history?.mayContinue() === false) return { scope, length }
  const execution = executionRef(walk.state)
  const store = async (part: 'outputs' | 'tasks', content: string) => {
    const stored = await storeText(walk, `${name}-${part}`, content)
    if ('text' in stored) return JSON.parse(stored.text) as JsonObject
    return walk.host.quick.joinText({ execution, name: `${name}-${part}`, ...stored })
  }
  const stored = yield* wait(store('outputs', text))
  const storedTasks = yield* wait(store('tasks', JSON.stringify(tasks)))
  return { scope: { ...rest, outputs: stored, tasks: storedTasks }, length: inlineLength }
}
