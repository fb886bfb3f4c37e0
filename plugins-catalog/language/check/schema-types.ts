import type { z } from 'zod'
import {
  anyMapOf,
  boolean,
  commonType,
  listOf,
  type MapType,
  number,
  type StaticType,
  text,
  unknown,
} from '../expressions/static-types'
import { unwrap } from './schema-at'

type Schema = z.ZodType | z.core.$ZodType

type Def = {
  type: string
  element?: Schema
  valueType?: Schema
  shape?: Record<string, Schema>
  catchall?: Schema
  options?: Schema[]
  values?: unknown[]
}

/** Nested deeper than this, a schema refers to itself. */
const deepest = 20

/** What a template may count on in a value of a schema, such as the outputs that a plugin declares. */
export function typeOfSchema(schema: Schema, depth = 0): StaticType {
  if (depth > deepest) return unknown
  const def = unwrap(schema)._zod.def as unknown as Def
  const of = Object.hasOwn(readers, def.type) ? readers[def.type] : undefined
  return of === undefined ? unknown : of(def, depth + 1)
}

const readers: { readonly [type: string]: (def: Def, depth: number) => StaticType } = {
  string: () => text,
  enum: () => text,
  number: () => number,
  int: () => number,
  boolean: () => boolean,
  array: ({ element }, depth) => listOf(element === undefined ? unknown : typeOfSchema(element, depth)),
  record: ({ valueType }, depth) => anyMapOf(valueType === undefined ? unknown : typeOfSchema(valueType, depth)),
  object: objectType,
  union: ({ options = [] }, depth) => commonType(options.map(option => typeOfSchema(option, depth))),
}

function objectType({ shape = {}, catchall }: Def, depth: number): MapType {
  const keys = Object.fromEntries(Object.entries(shape).map(([name, child]) => [name, typeOfSchema(child, depth)]))
  const isOpen = catchall !== undefined && (catchall._zod.def as unknown as Def).type !== 'never'
  return { kind: 'map', keys, ...(isOpen ? { others: unknown } : {}) }
}
