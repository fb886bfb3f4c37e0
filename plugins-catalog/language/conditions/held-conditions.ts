/** Conditions that ask others, or an expression. */
import type { ConditionContext } from '../define-plugin'
import { isTruthy } from '../expressions/render'
import type { JsonObject } from '../json'

/** Their own types check the rest. */
type Holder = { conditions: { type: string }[] }

export function holdsNone(holder: Holder, context: ConditionContext): boolean {
  return !holdsOne(holder, context)
}

export function holdsOne({ conditions }: Holder, { holds }: ConditionContext): boolean {
  return conditions.some(condition => holds(condition as JsonObject))
}

export function isTrue({ expression }: { expression: string }, { render }: ConditionContext): boolean {
  return isTruthy(render(expression))
}
