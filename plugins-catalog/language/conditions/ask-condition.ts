import type { ConditionContext } from '../define-plugin'
import type { JsonObject } from '../json'

/** What a condition renders itself, with more variables or as a condition of its own. */
const renderedLater = ['type', 'conditions', 'expression']

/** A condition as written, with its templates rendered. */
export function renderCondition(condition: JsonObject, { render }: Pick<ConditionContext, 'render'>): JsonObject {
  return Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [name, renderedLater.includes(name) ? value : render(value)]),
  )
}
