import type { Json, JsonObject } from '../json'
import { isJsonObject } from '../json'
import { Complaint } from './errors'
import type { Budget } from './limits'
import { weigh } from './weigh'

/** An own, enumerable data property and nothing else: prototypes and getters don't exist for a template. */
export function ownValue(target: object, key: string): Json | undefined {
  const property = Object.getOwnPropertyDescriptor(target, key)
  if (!property?.enumerable || !('value' in property)) return undefined
  return isData(property.value) ? property.value : undefined
}

function isData(value: unknown): value is Json {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint'
}

/** The only way a template's key gets into an object. */
export function setKey(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') throw new Complaint('`__proto__` is not allowed as a key')
  target[key] = value
}

export function entriesOf(map: JsonObject): [string, Json][] {
  return Object.keys(map).flatMap(key => {
    const value = ownValue(map, key)
    return value === undefined ? [] : [[key, value] as [string, Json]]
  })
}

/** A name for messages. */
export function typeName(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (isJsonObject(value)) return 'map'
  return typeof value
}

/** What `{{ value }}` prints: JSON for maps and lists, nothing for null. */
export function printed(value: Json, float: boolean, budget: Budget): string {
  if (value === null) return ''
  if (typeof value === 'object') return jsonText(value, budget)
  return typeof value === 'number' ? numberText(value, float) : String(value)
}

export function jsonText(value: Json, budget: Budget): string {
  weigh(value, budget)
  return JSON.stringify(value)
}

/** Java's `toString`, which `+`, `~`, `join` and `isIn` use: `{a=1}` and `[1, 2]`. */
export function javaText(value: Json, budget: Budget): string {
  if (typeof value !== 'object' || value === null) return scalarText(value)
  weigh(value, budget)
  return writeJava(value)
}

function writeJava(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(writeJava).join(', ')}]`
  if (!isJsonObject(value)) return scalarText(value)
  return `{${entriesOf(value)
    .map(([key, item]) => `${key}=${writeJava(item)}`)
    .join(', ')}}`
}

export function scalarText(value: string | number | boolean | null): string {
  return typeof value === 'number' ? numberText(value) : String(value)
}

/** Java prints a double with a fraction: 4 / 2.0 is `2.0`. */
export function numberText(value: number, float = false): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (float && Number.isInteger(value) && Math.abs(value) < 1e21) return `${value.toFixed(0)}.0`
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(0) : String(value)
}

/** Deep equality with numbers compared by value; a number never equals a string. Each compared pair is paid for. */
export function isEqual(left: Json, right: Json, budget: Budget): boolean {
  budget.spend(1)
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item, index) => isEqual(item, right[index] ?? null, budget))
  }
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every(key => {
    const other = ownValue(right, key)
    return other !== undefined && isEqual(ownValue(left, key) ?? null, other, budget)
  })
}

export { isJsonObject }
