import type { Json } from '../json'
import type { BinaryOperator } from './ast'
import { Complaint } from './errors'
import type { Budget } from './limits'
import { entriesOf, isEqual, isJsonObject, javaText, ownValue, typeName } from './values'

/** Operators that need both sides; `and`, `or` and the coalescing ones decide whether to look at the right side. */
export type StrictOperator = Exclude<BinaryOperator, 'and' | 'or' | '??' | '???'>

/** `float`: one side is written as a double, so that `5 / 2.0` is 2.5 where `5 / 2` is 2. */
export type Operands = { left: Json; right: Json; float: boolean; budget: Budget }

export const operators = {
  '==': ({ left, right, budget }) => isEqual(left, right, budget),
  '!=': ({ left, right, budget }) => !isEqual(left, right, budget),
  '<': operands => compare(operands, 'less than', order => order < 0),
  '>': operands => compare(operands, 'greater than', order => order > 0),
  '<=': operands => compare(operands, 'less than or equals', order => order <= 0),
  '>=': operands => compare(operands, 'greater than or equals', order => order >= 0),
  '+': add,
  '-': subtract,
  '*': operands => arithmetic(operands, 'multiplication', (left, right) => left * right),
  '/': operands => arithmetic(operands, 'division', divide),
  '%': operands => arithmetic(operands, 'modulus', remainder),
  '~': ({ left, right, budget }) =>
    join(left === null ? '' : javaText(left, budget), right === null ? '' : javaText(right, budget), budget),
  '..': range,
  contains,
  isIn,
} satisfies Record<StrictOperator, (operands: Operands) => Json>

function compare({ left, right }: Operands, name: string, decide: (order: number) => boolean): boolean {
  if (left === null || right === null) return false
  if (typeof left === 'number' && typeof right === 'number') return decide(left - right)
  if (typeof left === 'string' && typeof right === 'string') return decide(left < right ? -1 : left > right ? 1 : 0)
  throw new Complaint(`Could not perform ${name} comparison of ${typeName(left)} and ${typeName(right)}`)
}

function add(operands: Operands): Json {
  const { left, right, budget } = operands
  if (typeof left === 'string' || typeof right === 'string')
    return join(javaText(left, budget), javaText(right, budget), budget)
  if (!Array.isArray(left)) return arithmetic(operands, 'addition', (a, b) => a + b)
  const added = Array.isArray(right) ? right : [right]
  budget.items(left.length + added.length)
  return [...left, ...added]
}

function subtract(operands: Operands): Json {
  const { left, right, budget } = operands
  if (!Array.isArray(left)) return arithmetic(operands, 'subtraction', (a, b) => a - b)
  const removed = Array.isArray(right) ? right : [right]
  budget.spend(left.length * removed.length)
  return left.filter(item => !removed.some(other => isEqual(item, other, budget)))
}

function join(left: string, right: string, budget: Budget): string {
  budget.text(left.length + right.length)
  return left + right
}

type Arithmetic = (left: number, right: number, isFloat: boolean) => number

function arithmetic({ left, right, float }: Operands, name: string, operation: Arithmetic): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new Complaint(`Could not perform ${name} of ${typeName(left)} and ${typeName(right)}`)
  }
  return operation(left, right, float || !Number.isInteger(left) || !Number.isInteger(right))
}

function divide(left: number, right: number, isFloat: boolean): number {
  if (!isFloat && right === 0) throw new Complaint('Could not perform division')
  return isFloat ? left / right : Math.trunc(left / right)
}

function remainder(left: number, right: number, isFloat: boolean): number {
  if (!isFloat && right === 0) throw new Complaint('Could not perform modulus')
  return left % right
}

/** `1..5`, `'a'..'e'`; `range()` shares it. */
export function range({ left, right, budget }: Pick<Operands, 'left' | 'right' | 'budget'>, step = 1): Json[] {
  const letters = isLetter(left) && isLetter(right)
  if (!letters && !(Number.isInteger(left) && Number.isInteger(right))) {
    throw new Complaint(
      `A range goes between two whole numbers or two letters, not ${typeName(left)} and ${typeName(right)}`,
    )
  }
  if (!Number.isInteger(step) || step === 0)
    throw new Complaint('The step of a range must be a whole number other than 0')
  const start = letters ? left.charCodeAt(0) : (left as number)
  const end = letters ? right.charCodeAt(0) : (right as number)
  const count = Math.max(0, Math.floor((end - start) / step) + 1)
  budget.items(count)
  return Array.from({ length: count }, (_, index) => {
    const value = start + index * step
    return letters ? String.fromCharCode(value) : value
  })
}

function isLetter(value: Json): value is string {
  return typeof value === 'string' && value.length === 1
}

function contains({ left, right, budget }: Operands): boolean {
  if (left === null) return false
  if (typeof left === 'string') {
    budget.text(left.length)
    return left.includes(javaText(right, budget))
  }
  if (isJsonObject(left)) return allOf(right, key => ownValue(left, javaText(key, budget)) !== undefined)
  if (Array.isArray(left)) return allOf(right, item => left.some(other => isEqual(other, item, budget)))
  throw new Complaint(`\`contains\` looks into lists, maps and strings, not into a ${typeName(left)}`)
}

function allOf(wanted: Json, has: (item: Json) => boolean): boolean {
  return Array.isArray(wanted) ? wanted.every(has) : has(wanted)
}

/** By text, so that 1 is in ["1"]; of a map, keys and values count. */
function isIn({ left, right, budget }: Operands): boolean {
  if (left === null || right === null || typeof right !== 'object') return false
  const text = javaText(left, budget)
  budget.items(Array.isArray(right) ? right.length : Object.keys(right).length)
  if (Array.isArray(right)) return right.some(item => javaText(item, budget) === text)
  return entriesOf(right).some(([key, value]) => key === text || javaText(value, budget) === text)
}
