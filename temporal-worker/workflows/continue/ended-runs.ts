import type { TaskRun, TerminalState } from '../task-run'

/** From..to, both inclusive; -1 for a run without an iteration. */
type Range = [from: number, to: number]

/** By holder (`''` for the flow itself), task and state: what `EndedRuns` is as JSON. */
export type EndedRunsJson = { [holderId: string]: { [taskId: string]: { [state: string]: Range[] } } }

type Held = Pick<TaskRun, 'id'> | undefined

/**
 * Task runs that have ended and are recorded, by their place: all that the walk must know of them to not run them
 * again. A loop of 100,000 values costs a few numbers each.
 */
export class EndedRuns {
  readonly #byHolder = new Map<string, Map<string, Map<number, TerminalState>>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  note(holder: Held, taskId: string, iteration: number | undefined, state: TerminalState): void {
    const tasks = getOrMake(this.#byHolder, holder?.id ?? '', () => new Map())
    getOrMake(tasks, taskId, () => new Map<number, TerminalState>()).set(iteration ?? -1, state)
    this.#size += 1
  }

  find(holder: Held, taskId: string, iteration: number | undefined): TerminalState | undefined {
    if (this.#size === 0) return undefined
    return this.#byHolder
      .get(holder?.id ?? '')
      ?.get(taskId)
      ?.get(iteration ?? -1)
  }

  /** A holder that has ended is an ended run itself: nobody asks for what it held. */
  forgetBelow(holder: TaskRun): void {
    for (const ended of this.#byHolder.get(holder.id)?.values() ?? []) this.#size -= ended.size
    this.#byHolder.delete(holder.id)
  }

  toJSON(): EndedRunsJson {
    const json: EndedRunsJson = {}
    for (const [holderId, tasks] of this.#byHolder) {
      json[holderId] = Object.fromEntries([...tasks].map(([taskId, ended]) => [taskId, rangesOf(ended)]))
    }
    return json
  }

  add(json: EndedRunsJson): void {
    for (const [holderId, tasks] of Object.entries(json)) {
      for (const [taskId, states] of Object.entries(tasks)) {
        for (const [state, ranges] of Object.entries(states)) {
          for (const iteration of numbersOf(ranges)) {
            this.note({ id: holderId }, taskId, iteration, state as TerminalState)
          }
        }
      }
    }
  }
}

function rangesOf(ended: ReadonlyMap<number, TerminalState>): { [state: string]: Range[] } {
  const byState: { [state: string]: Range[] } = {}
  for (const [iteration, state] of [...ended].sort(([a], [b]) => a - b)) {
    byState[state] ??= []
    const last = byState[state].at(-1)
    if (last !== undefined && last[1] === iteration - 1) last[1] = iteration
    else byState[state].push([iteration, iteration])
  }
  return byState
}

function* numbersOf(ranges: readonly Range[]): Iterable<number> {
  for (const [from, to] of ranges) for (let number = from; number <= to; number++) yield number
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
