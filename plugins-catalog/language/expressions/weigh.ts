import type { Json } from '../json'
import { type Budget, limits, OverBudget } from './limits'

const charactersPerStep = 64
const stepsPerNode = 0.25

/**
 * Pays for a value before all of it is written, compared or handed out. A template can build `[s, s]` on `s` many
 * times over: a small thing in memory that no computer could print.
 */
export function weigh(value: Json, budget: Budget, depth = 0): void {
  if (typeof value === 'string') budget.spend(stepsPerNode + value.length / charactersPerStep)
  else if (typeof value !== 'object' || value === null) budget.spend(stepsPerNode)
  else if (depth > limits.depth) throw new OverBudget(`The value is nested more than ${limits.depth} levels deep`)
  else {
    budget.spend(stepsPerNode)
    const items = Array.isArray(value) ? value : Object.values(value)
    for (const item of items) weigh(item, budget, depth + 1)
  }
}
