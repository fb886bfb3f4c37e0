import { atRest, type Task } from '../task'
import type { Walk } from '../walk'
import { endLeftBehind, takeSnapshot } from './snapshot'
import { storeText, type Travelling } from './travel'

/** One history has room for so much; the execution then goes on in a fresh one. */
export type ContinueLimits = {
  /** Events; Temporal ends a workflow at 51,200. */
  events: number
  /** Bytes; Temporal's limit is 50 MB. */
  bytes: number
  /** Task runs made, which the workflow's memory holds. */
  runs: number
}

export const continueLimits: ContinueLimits = { events: 8_000, bytes: 8 * 1024 * 1024, runs: 20_000 }

/** How long new steps wait for running ones before they are let in again and the boundary is tried later. */
const graceMs = 10_000

/** Beyond this multiple of the limits nothing new starts until what runs has ended. */
const lastMultiple = 4

/**
 * The place where an execution leaves a long history behind. When one is due, no step starts any more; once nothing is
 * at work outside, what the walk knows is handed to the next run of the workflow. What merely waits (a pause, a
 * timer, another execution) needn't end before: it is waited for again.
 */
export class Boundary {
  readonly #walk: Walk
  readonly #limits: ContinueLimits
  #multiple = 1
  /** Bytes that the history began with, where what it goes on from is large: each history must come further. */
  #loaded: number | undefined
  #isClosed = false
  #isOver = false
  #isReached = false
  #waiting: (() => void)[] = []
  #reach: (snapshot: Travelling) => void = () => undefined
  /** Resolves in the turn in which the workflow must continue as new. */
  readonly reached = new Promise<Travelling>(resolve => {
    this.#reach = resolve
  })

  constructor(walk: Walk, limits: ContinueLimits) {
    this.#walk = walk
    this.#limits = limits
  }

  /** Whether the walk is being brought to rest: whoever records now would disturb it. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** A step passes here before it starts. */
  *pass(): Task<void> {
    if (!this.#isClosed && this.#isDue()) this.#close()
    while (this.#isClosed) yield* atRest(new Promise<void>(resolve => this.#waiting.push(resolve)))
  }

  /** The walk goes on no further. Steps that wait at a boundary that was reached are the next run's. */
  end(): void {
    this.#isOver = true
    if (!this.#isReached) this.#open()
  }

  #isDue(): boolean {
    const { history } = this.#walk.host
    if (this.#isOver || history === undefined) return false
    const { events, bytes } = history.size()
    const limits = this.#limits
    this.#loaded ??= bytes > limits.bytes / 2 ? bytes : 0
    const isFull =
      events >= limits.events * this.#multiple ||
      bytes - this.#loaded >= limits.bytes * this.#multiple ||
      this.#walk.state.runsMade >= limits.runs * this.#multiple
    return isFull && history.mayContinue()
  }

  #close(): void {
    this.#isClosed = true
    void this.#settle()
  }

  #open(): void {
    this.#isClosed = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const goOn of waiting) goOn()
  }

  async #settle(): Promise<void> {
    const { host, control } = this.#walk
    const isLast = this.#multiple >= lastMultiple
    const isOver = () => this.#isOver || control.isClosed
    await host.condition(() => isOver() || this.#isQuiet(), isLast ? undefined : graceMs)
    while (!isOver() && this.#isQuiet()) {
      const stored = await this.#prepare()
      if (isOver()) return
      if (stored !== undefined) {
        this.#isReached = true
        return this.#reach(stored)
      }
      await host.condition(() => isOver() || this.#isQuiet())
    }
    if (isOver()) return
    this.#multiple *= 2
    this.#open()
  }

  /** Undefined where a timer or a signal moved the walk meanwhile. */
  async #prepare(): Promise<Travelling | undefined> {
    const { state, host } = this.#walk
    endLeftBehind(state)
    await host.record(state)
    const snapshot = takeSnapshot(this.#walk)
    const stored = await storeText(this.#walk, this.#snapshotName(), snapshot)
    const isSame = this.#isQuiet() && state.changes.size === 0 && takeSnapshot(this.#walk) === snapshot
    return isSame ? stored : undefined
  }

  /** Two names in turn: the one that the running workflow was made from is not written over. */
  #snapshotName(): string {
    const { resumeFrom } = this.#walk.state.input
    return `snapshot-${((resumeFrom?.generation ?? 0) + 1) % 2}`
  }

  #isQuiet(): boolean {
    const { scheduler, host, recording } = this.#walk
    return scheduler.isQuiet && recording.count === 0 && host.history?.isAnswered() !== false
  }
}
