/**
 * The walk is written as generators instead of async functions: the SDK's workflow sandbox pays dearly for each promise
 * (it keeps a stack trace of every one), and most of a walk needs none. `yield*` is what `await` would be.
 */
export type Task<T> = Generator<Waiting, T, unknown>

type Waiting = PromiseLike<unknown> | Lasting | typeof turn

/**
 * A wait that may take long: for work outside, or for a timer, a signal, another branch, which the next run of the
 * workflow can begin anew.
 */
class Lasting {
  readonly promise: PromiseLike<unknown>
  readonly isWork: boolean
  constructor(promise: PromiseLike<unknown>, isWork: boolean) {
    this.promise = promise
    this.isWork = isWork
  }
}

/** Yielded to let the other branches go on first, so that all children of a holder begin before any of them goes deep. */
const turn = Symbol('turn')

/** Waits for something outside the walk that is soon there. */
export function* wait<T>(promise: PromiseLike<T>): Task<T> {
  return (yield promise) as T
}

/** As `wait`, for work that may take long. */
export function* atLength<T>(promise: PromiseLike<T>): Task<T> {
  return (yield new Lasting(promise, true)) as T
}

/** As `wait`, for what needn't end before the execution can go on in a fresh history (continue/boundary.ts). */
export function* atRest<T>(promise: PromiseLike<T>): Task<T> {
  return (yield new Lasting(promise, false)) as T
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

/** Runs the branches of a walk in turns. */
export class Scheduler {
  readonly #rest: () => Promise<void>
  readonly #stepsPerTurn: number
  #queue: (() => void)[] = []
  #isRunning = false
  #isResting = false
  #spent = 0
  /** Branches that wait for work outside, which must come back to them. */
  #atWork = 0
  /** Branches that wait for what is soon there. */
  #asking = 0

  /** `rest` is called after `stepsPerTurn` and must let others get on: in a workflow, end the activation. */
  constructor(rest: () => Promise<void>, stepsPerTurn: number) {
    this.#rest = rest
    this.#stepsPerTurn = stepsPerTurn
  }

  get isIdle(): boolean {
    return this.#queue.length === 0 && !this.#isResting
  }

  /** Whether every branch waits for what may take long. */
  get isLull(): boolean {
    return this.isIdle && !this.#isRunning && this.#asking === 0
  }

  /** Whether every branch waits for what can be waited for again. */
  get isQuiet(): boolean {
    return this.isIdle && !this.#isRunning && this.#atWork === 0
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
    resume: () => IteratorResult<Waiting, T>,
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
    else this.#waitOutside(result.value as PromiseLike<unknown> | Lasting, task, next)
  }

  #waitOutside<T>(
    waiting: PromiseLike<unknown> | Lasting,
    task: Task<T>,
    next: (resume: () => IteratorResult<Waiting, T>) => void,
  ): void {
    const isLasting = waiting instanceof Lasting
    const asks = isLasting ? 0 : 1
    const work = isLasting && !waiting.isWork ? 0 : 1
    this.#asking += asks
    this.#atWork += work
    const end = (resume: () => IteratorResult<Waiting, T>) => {
      this.#asking -= asks
      this.#atWork -= work
      next(resume)
    }
    const outside = isLasting ? waiting.promise : waiting
    outside.then(
      value => end(() => task.next(value)),
      error => end(() => task.throw(error)),
    )
  }

  #post(job: () => void): void {
    this.#queue.push(job)
    if (!this.#isRunning && !this.#isResting) this.#drain()
  }

  #drain(): void {
    this.#isRunning = true
    for (let next = 0; next < this.#queue.length; next++) {
      if (this.#spent >= this.#stepsPerTurn) {
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
