import type { StrictOperator } from './operators'
import { boolean, describeType, listOf, number, type StaticType, text, unknown } from './static-types'

/** What an operator gives, and why it can't be applied where that is sure. Follows `operators.ts`; null is left to the run. */
export type Inferred = { type: StaticType; problem?: string }

type Infer = (left: StaticType, right: StaticType) => Inferred

/** The type of `left operator right`. */
export function inferBinary(operator: StrictOperator, left: StaticType, right: StaticType): Inferred {
  return table[operator](left, right)
}

const always =
  (type: StaticType): Infer =>
  () => ({ type })

const table: Record<StrictOperator, Infer> = {
  '==': always(boolean),
  '!=': always(boolean),
  '<': compared('<'),
  '>': compared('>'),
  '<=': compared('<='),
  '>=': compared('>='),
  '+': (left, right) => {
    if (left.kind === 'text' || right.kind === 'text') return { type: text }
    if (left.kind === 'list') return { type: listOf(unknown) }
    return numbers('+', left, right)
  },
  '-': (left, right) => (left.kind === 'list' ? { type: left } : numbers('-', left, right)),
  '*': (left, right) => numbers('*', left, right),
  '/': (left, right) => numbers('/', left, right),
  '%': (left, right) => numbers('%', left, right),
  '~': always(text),
  '..': always(listOf(unknown)),
  contains: left =>
    left.kind === 'number' || left.kind === 'boolean'
      ? { type: boolean, problem: `\`contains\` looks into lists, maps and texts, not into ${describeType(left)}` }
      : { type: boolean },
  isIn: always(boolean),
}

function isOpen({ kind }: StaticType): boolean {
  return kind === 'unknown' || kind === 'null'
}

/** Two numbers or two texts have an order. */
function compared(operator: string): Infer {
  return (left, right) => {
    const hasOrder = left.kind === right.kind && (left.kind === 'number' || left.kind === 'text')
    if (isOpen(left) || isOpen(right) || hasOrder) return { type: boolean }
    const advice = [left.kind, right.kind].every(kind => kind === 'text' || kind === 'number')
      ? '; turn the text into a number with `| number`'
      : ''
    return {
      type: boolean,
      problem: `\`${operator}\` compares two numbers or two texts, not ${describeType(left)} with ${describeType(right)}${advice}`,
    }
  }
}

function numbers(operator: string, left: StaticType, right: StaticType): Inferred {
  const wrong = [left, right].find(type => !isOpen(type) && type.kind !== 'number')
  if (wrong === undefined) return { type: left.kind === 'number' && right.kind === 'number' ? number : unknown }
  // Lists and texts join; which of them an unknown left side is, only the run can tell.
  if (left.kind === 'unknown' && (operator === '+' || operator === '-')) return { type: unknown }
  return { type: unknown, problem: `\`${operator}\` takes two numbers, but one side is ${describeType(wrong)}` }
}
