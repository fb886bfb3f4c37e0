/** Inputs that name the objects of somebody, made from what a procedure itself says of its input. */
import { z } from 'zod'
import type { NamedProcedure } from './procedures'

/** Ids by the name of the property; those of one router (`token.id`) before those that mean the same everywhere. */
export type Names = Record<string, string>

type JsonSchema = {
  type?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

export type NamedInput = { input: unknown /** Properties that name an object. */; named: string[] }

/** The least input that a procedure takes, with every name in it that there is one for. */
export function nameObjects({ name, procedure }: NamedProcedure, names: Names): NamedInput {
  const [router = ''] = name.split('.')
  const named: string[] = []
  const known = (key: string): string | undefined => names[`${name}.${key}`] ?? names[`${router}.${key}`] ?? names[key]

  function fill(schema: JsonSchema, key: string): unknown {
    const value = known(key)
    if (value !== undefined) {
      named.push(key)
      return schema.type === 'array' || schema.anyOf?.[0]?.type === 'array' ? [value] : value
    }
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return schema.enum[0]
    const [first] = schema.anyOf ?? schema.allOf ?? []
    if (first !== undefined) return fill(first, '')
    if (schema.type === 'object') return fillObject(schema)
    if (schema.type === 'array') return schema.items === undefined ? [] : [fill(schema.items, key.replace(/s$/, ''))]
    if (schema.type === 'boolean') return false
    if (schema.type === 'number' || schema.type === 'integer') return 1
    if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000'
    if (schema.format === 'date-time') return '2026-01-01T00:00:00Z'
    return 'x'
  }

  function fillObject({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> {
    const keys = Object.keys(properties).filter(key => required.includes(key) || known(key) !== undefined)
    return Object.fromEntries(keys.map(key => [key, fill(properties[key]!, key)]))
  }

  const parts = (procedure._def as unknown as { inputs: z.ZodType[] }).inputs.map(schema =>
    fillObject(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema),
  )
  return { input: { ...Object.assign({}, ...parts), tenant: names.tenant }, named: [...new Set(named)] }
}
