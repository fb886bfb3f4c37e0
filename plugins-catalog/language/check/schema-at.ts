import type { z } from 'zod'
import { isJsonObject, type Json } from '../json'

type Def = {
  type: string
  in?: Schema
  out?: Schema
  innerType?: Schema
  element?: Schema
  valueType?: Schema
  shape?: Record<string, Schema>
  catchall?: Schema
  options?: Schema[]
  discriminator?: string
  values?: unknown[]
}
type Schema = z.ZodType | z.core.$ZodType

/** Zod's own description of a schema; the parts read here are the same for its classic and core types. */
function defOf(schema: Schema): Def {
  return schema._zod.def as unknown as Def
}

/** The schema below `optional`, `default`, coercion and the like. */
export function unwrap(schema: Schema): Schema {
  const def = defOf(schema)
  if (def.innerType !== undefined) return unwrap(def.innerType)
  if (def.type === 'pipe') return unwrap(def.in !== undefined && defOf(def.in).type !== 'transform' ? def.in : def.out!)
  return schema
}

/** The schema at a path of a value, or undefined where the path leaves what the schema knows. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[], value: Json | undefined): Schema | undefined {
  const inner = unwrap(schema)
  const def = defOf(inner)
  if (def.options !== undefined && def.type === 'union') {
    const option = chooseOption(def, value)
    return option === undefined ? (path.length === 0 ? inner : undefined) : schemaAt(option, path, value)
  }
  const [first, ...rest] = path
  if (first === undefined) return inner
  const child = childSchema(def, first)
  return child === undefined ? undefined : schemaAt(child, rest, childValue(value, first))
}

/** Names that an object's schema knows; undefined where any name goes. */
export function knownKeys(schema: Schema | undefined): string[] | undefined {
  const def = schema === undefined ? undefined : defOf(unwrap(schema))
  return def?.type === 'object' && def.shape !== undefined ? Object.keys(def.shape) : undefined
}

/** Words that a union decided by a property knows for it. */
export function discriminatorWords(schema: Schema | undefined): string[] {
  const def = schema === undefined ? undefined : defOf(unwrap(schema))
  if (def?.discriminator === undefined) return []
  return (def.options ?? []).flatMap(option => literals(option, def.discriminator!))
}

function chooseOption(def: Def, value: Json | undefined): Schema | undefined {
  const { discriminator, options = [] } = def
  if (discriminator === undefined) return options.find(option => fits(unwrap(option), value))
  const word = isJsonObject(value) ? value[discriminator] : undefined
  return options.find(option => literals(option, discriminator).includes(String(word)))
}

function fits(option: Schema, value: Json | undefined): boolean {
  const { type } = defOf(option)
  if (isJsonObject(value)) return type === 'object' || type === 'record'
  return Array.isArray(value) ? type === 'array' : false
}

function literals(option: Schema, property: string): string[] {
  const field = defOf(unwrap(option)).shape?.[property]
  return field === undefined ? [] : (defOf(unwrap(field)).values ?? []).map(String)
}

function childSchema(def: Def, key: PropertyKey): Schema | undefined {
  if (def.type === 'array') return def.element
  if (def.type === 'record') return def.valueType
  return typeof key === 'string' && def.shape !== undefined && Object.hasOwn(def.shape, key)
    ? def.shape[key]
    : undefined
}

function childValue(value: Json | undefined, key: PropertyKey): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)]
  return isJsonObject(value) ? value[String(key)] : undefined
}
