import { isJsonObject, type Json } from '../json'

/** What can be told of a value before it is there. `unknown` may be anything, and nothing is ever said against it. */
export type StaticType = { kind: 'unknown' } | { kind: ScalarKind } | ListType | MapType
export type ScalarKind = 'text' | 'number' | 'boolean' | 'null'
export type ListType = { kind: 'list'; items: StaticType }
export type MapType = {
  kind: 'map'
  keys: { readonly [name: string]: StaticType }
  /** Of any other key; absent where there are no others. */
  others?: StaticType
  /** Why nothing is in it, for the message about a key that is missing. */
  note?: string
}
export type TypeKind = StaticType['kind']

export const unknown: StaticType = { kind: 'unknown' }
export const text: StaticType = { kind: 'text' }
export const number: StaticType = { kind: 'number' }
export const boolean: StaticType = { kind: 'boolean' }

export function listOf(items: StaticType): StaticType {
  return { kind: 'list', items }
}

/** A map with these keys and no others. */
export function mapOf(keys: MapType['keys']): MapType {
  return { kind: 'map', keys }
}

/** A map whose keys nobody knows. */
export function anyMapOf(others: StaticType): MapType {
  return { kind: 'map', keys: {}, others }
}

/** The type of a value as it stands; templates in it are text. */
export function typeOfValue(value: Json): StaticType {
  if (value === null) return { kind: 'null' }
  if (Array.isArray(value)) return listOf(commonType(value.map(typeOfValue)))
  if (isJsonObject(value))
    return mapOf(Object.fromEntries(Object.entries(value).map(([key, child]) => [key, typeOfValue(child)])))
  return { kind: typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean') }
}

/** What is true of all: the first type where all are of one scalar kind, else nothing. */
export function commonType(types: readonly StaticType[]): StaticType {
  const [first] = types
  if (first === undefined || first.kind === 'list' || first.kind === 'map') return types.length === 1 ? first! : unknown
  return types.every(({ kind }) => kind === first.kind) ? first : unknown
}

/** The type at a key; undefined where the type surely has no such key. */
export function typeAtKey(type: StaticType, key: string | number | undefined): StaticType | undefined {
  if (type.kind === 'unknown') return unknown
  if (type.kind === 'list') return key === undefined || /^\d+$/.test(String(key)) ? type.items : undefined
  if (type.kind !== 'map') return undefined
  if (key === undefined) return Object.keys(type.keys).length === 0 ? (type.others ?? unknown) : unknown
  return Object.hasOwn(type.keys, String(key)) ? type.keys[String(key)] : type.others
}

const words: Record<TypeKind, string> = {
  unknown: 'a value',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  list: 'a list',
  map: 'a map',
}

/** The type in words, with its article. */
export function describeType(type: StaticType): string {
  return words[type.kind]
}
