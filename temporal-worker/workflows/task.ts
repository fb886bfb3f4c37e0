/**
 * The walk is written as generators instead of async functions: the SDK's workflow sandbox pays dearly for each promise
 * (it keeps a stack trace of every one), and most of a walk needs none. `yield*` is what `await` would be.
 */
export type Task<T> = Generator<PromiseLike<unknown> | typeof turn, T, unknown>

/** Yielded to let the other branches go on first, so that all children of a holder begin before any of them goes deep. */
const turn = Symbol('turn')

/** Waits for something outside the walk. */
export function* wait<T>(promise: PromiseLike<T>): Task<T> {
  return (yield promise) as T
}

/** What is known already. */
// biome-ignore lint/correctness/useYield: it has nothing to wait for
export function* done<T>(value: T): Task<T> {
  return value
}

/** Lets all branches that are ready go on before this one. */
export function* takeTurns(): Task<void> {
  yield turn
}

/**
 * Steps of the expression evaluator (about a microsecond each) after which a walk rests. The SDK gives an activation five
 * seconds, and an interrupted one takes the whole worker down.
 */
const stepsPerActivation = 300_000

/** Runs the branches of a walk in turns. */
export class Scheduler {
  readonly #rest: () => Promise<void>
  #queue: (() => void)[] = []
  #isRunning = false
  #isResting = false
  #spent = 0

  /** `rest` must end the activation, e.g. by a local activity. */
  constructor(rest: () => Promise<void>) {
    this.#rest = rest
  }

  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#isResting
  }

  /** Notes work done, in steps of the expression evaluator. */
  spend(steps: number): void {
    this.#spent += steps
  }

  /** Begins a branch; one of the callbacks is called at its end. */
  start<T>(task: Task<T>, onEnd: (value: T) => void, onError: (error: unknown) => void): void {
    this.#post(() => this.#advance(task, () => task.next(), onEnd, onError))
  }

  run<T>(task: Task<T>): Promise<T> {
    return new Promise((resolve, reject) => this.start(task, resolve, reject))
  }

  #advance<T>(
    task: Task<T>,
    resume: () => IteratorResult<PromiseLike<unknown> | typeof turn, T>,
    onEnd: (value: T) => void,
    onError: (error: unknown) => void,
  ): void {
    let result: ReturnType<typeof resume>
    try {
      result = resume()
    } catch (error) {
      onError(error)
      return
    }
    const next = (resumeNext: typeof resume) => this.#post(() => this.#advance(task, resumeNext, onEnd, onError))
    if (result.done) onEnd(result.value)
    else if (result.value === turn) next(() => task.next())
    else {
      const outside = result.value as PromiseLike<unknown>
      outside.then(
        value => next(() => task.next(value)),
        error => next(() => task.throw(error)),
      )
    }
  }

  #post(job: () => void): void {
    this.#queue.push(job)
    if (!this.#isRunning && !this.#isResting) this.#drain()
  }

  #drain(): void {
    this.#isRunning = true
    for (let next = 0; next < this.#queue.length; next++) {
      if (this.#spent >= stepsPerActivation) {
        this.#queue = this.#queue.slice(next)
        this.#isRunning = false
        void this.#takeRest()
        return
      }
      this.#queue[next]!()
    }
    this.#queue = []
    this.#isRunning = false
  }

  async #takeRest(): Promise<void> {
    this.#isResting = true
    await this.#rest()
    this.#isResting = false
    this.#spent = 0
    this.#drain()
  }
}
