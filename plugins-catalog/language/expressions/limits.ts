/**
 * Counts, never clocks: the same template stops at the same place on every worker and in every replay.
 * The units of work are roughly a microsecond each, so that a runaway template ends within about a second.
 */
export const limits = {
  /** Characters of a template. */
  source: 4_000_000,
  /** Brackets and tags within each other, in the text of a template. */
  nesting: 100,
  /** Nodes, macros and renders within each other, while one is evaluated. */
  depth: 500,
  /** Evaluated nodes, loop rounds, items and blocks of text handled by filters. */
  steps: 2_000_000,
  /** Characters of one text, printed or in between. */
  text: 16_000_000,
  /** Items of one list. */
  items: 200_000,
} as const

/** Characters of text that count as one step. */
const charactersPerStep = 64

/** Raised by `Budget`; the evaluator adds the place. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget'
}

/** What one rendering may still spend; shared by all templates it renders in turn. */
export class Budget {
  #steps = 0
  #depth = 0
  readonly #maxSteps: number

  constructor(maxSteps: number = limits.steps) {
    this.#maxSteps = maxSteps
  }

  /** Steps paid so far. */
  get spent(): number {
    return this.#steps
  }

  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.#maxSteps) throw new OverBudget(`The expression took more than ${this.#maxSteps} steps`)
  }

  /** Pays for a text that is about to be made. */
  text(length: number): void {
    this.append(length, length)
  }

  /** Pays for `length` more characters of a text that then has `total`. */
  append(length: number, total: number): void {
    if (total > limits.text) throw new OverBudget(`The expression made a text of more than ${limits.text} characters`)
    this.spend(1 + length / charactersPerStep)
  }

  /** Pays for a list that is about to be made or walked. */
  items(count: number): void {
    if (count > limits.items) throw new OverBudget(`The expression made a list of more than ${limits.items} items`)
    this.spend(1 + count)
  }

  enter(): void {
    this.#depth += 1
    if (this.#depth > limits.depth)
      throw new OverBudget(`The expression is nested more than ${limits.depth} levels deep`)
  }

  leave(): void {
    this.#depth -= 1
  }

  get depth(): number {
    return this.#depth
  }

  /** Where evaluation goes on after a forgiven error. */
  returnTo(depth: number): void {
    this.#depth = depth
  }
}
