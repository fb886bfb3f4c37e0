/**
 * Bounds what a workflow does at a stretch. The SDK gives one activation five seconds and takes the worker down with
 * what it interrupts, so a walk that never blocks rests now and then: the rest of it waits in line meanwhile.
 */
export class Turn {
  #spent = 0
  #isResting = false
  readonly #waiting: (() => void)[] = []
  readonly #rest: () => Promise<void>

  /** `rest` must end the activation, e.g. by a local activity. */
  constructor(rest: () => Promise<void>) {
    this.#rest = rest
  }

  /** Notes work done, in steps of the expression evaluator (about a microsecond each). */
  spend(steps: number): void {
    this.#spent += steps
  }

  /** Resolves when there is time for more. */
  async pass(): Promise<void> {
    if (!this.#isResting && this.#spent < turnSteps) return
    const admitted = new Promise<void>(resolve => this.#waiting.push(resolve))
    if (!this.#isResting) void this.#restUntilAllPassed()
    await admitted
  }

  async #restUntilAllPassed(): Promise<void> {
    this.#isResting = true
    while (this.#waiting.length > 0) {
      await this.#rest()
      this.#spent = 0
      // One at a time, with room to run: what each spends decides whether the next is let through.
      while (this.#waiting.length > 0 && this.#spent < turnSteps) {
        this.#waiting.shift()!()
        await microtasks()
      }
    }
    this.#isResting = false
  }
}

const turnSteps = 300_000
/** A step goes on for so many awaits before it has spent what it will. */
const settleTicks = 20

async function microtasks(): Promise<void> {
  for (let tick = 0; tick < settleTicks; tick++) await undefined
}
