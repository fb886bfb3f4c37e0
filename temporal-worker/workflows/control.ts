import type { Travelling } from './continue/travel'
import type { Host } from './host'
import { atRest, type Task } from './task'
import { isTerminal, type TaskRun } from './task-run'

/** Thrown in a branch whose holder ended without it: nothing of it may start any more. */
export class Abandoned extends Error {
  constructor() {
    super('the holder of this branch has ended')
    this.name = 'Abandoned'
  }
}

/** How an execution ends other than by its tasks: `Exit`, kill and a broken SLA. */
export type Verdict =
  | {
      state: 'SUCCESS' | 'WARNING' | 'FAILED' | 'CANCELLED' | 'KILLED'
      /** What runs is interrupted, as by a kill, yet the execution ends in `state`. */
      interrupts?: true
    }
  /** Another execution tries the flow again after that time. */
  | { state: 'RETRIED'; delayMs: number }

/** Not an end: the walk goes on in a fresh history. */
export type Continued = { state: 'CONTINUED'; snapshot: Travelling }

/** What may start: nothing while paused, nothing in a branch that ended, nothing after the verdict. */
export class Control {
  readonly #condition: Host['condition']
  #isPaused = false
  #isClosed = false
  #decide: (verdict: Verdict) => void = () => undefined
  /** Resolves when something ends the execution from inside or outside. */
  readonly verdict = new Promise<Verdict>(resolve => {
    this.#decide = resolve
  })

  constructor(condition: Host['condition']) {
    this.#condition = condition
  }

  /** Whether nothing may start any more. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  pause(): void {
    this.#isPaused = true
  }

  unpause(): void {
    this.#isPaused = false
  }

  /** The first verdict counts. */
  end(verdict: Verdict): void {
    this.#isClosed = true
    this.#decide(verdict)
  }

  /** No step may start from here on. */
  close(): void {
    this.#isClosed = true
  }

  isAbandoned(parent: TaskRun | undefined): boolean {
    if (this.#isClosed) return true
    for (let at = parent; at !== undefined; at = at.parent) {
      if (isTerminal(at.state)) return true
    }
    return false
  }

  /** Waits until a step below `parent` may start; rejects with `Abandoned` where it never may. */
  *admit(parent: TaskRun | undefined): Task<void> {
    if (this.#isPaused) yield* atRest(this.#condition(() => !this.#isPaused || this.#isClosed))
    if (this.isAbandoned(parent)) throw new Abandoned()
  }
}
