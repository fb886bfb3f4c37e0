import type { Json } from '../json'
import { Complaint } from './errors'
import type { Budget } from './limits'
import { printed } from './values'
import { weigh } from './weigh'

/** Collects what a template prints. */
export type Output = { text(value: string): void; print(value: Json, float: boolean): void }

/** Kestra's string rendering: null prints nothing, and a template that prints nothing at all gives null. */
export class StringOutput implements Output {
  readonly #budget: Budget
  readonly #parts: string[] = []
  #length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  text(value: string): void {
    this.#length += value.length
    this.#budget.append(value.length, this.#length)
    this.#parts.push(value)
  }

  print(value: Json, float: boolean): void {
    if (value !== null) this.text(printed(value, float, this.#budget))
  }

  get value(): string | null {
    return this.#parts.length === 0 ? null : this.#parts.join('')
  }
}

/** Typed rendering: a lone value keeps its type, several scalars become one text, a list or map can't be joined. */
export class TypedOutput implements Output {
  readonly #budget: Budget
  #value: Json = null
  #float = false

  constructor(budget: Budget) {
    this.#budget = budget
  }

  text(value: string): void {
    this.print(value, false)
  }

  print(value: Json, float: boolean): void {
    if (value === null) return
    if (this.#value === null) {
      weigh(value, this.#budget)
      this.#value = value
      this.#float = float
      return
    }
    if (typeof value === 'object' || typeof this.#value === 'object') {
      throw new Complaint('A list or a map can’t be joined with other text; print it alone or as `toJson`')
    }
    const joined = printed(this.#value, this.#float, this.#budget) + printed(value, float, this.#budget)
    this.#budget.text(joined.length)
    this.#value = joined
  }

  get value(): Json {
    return this.#value
  }
}
