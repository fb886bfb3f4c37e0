import type { JsonSchema } from '#language/editor-schema'
import { formText } from '#text/form'

/** What kind of value a property takes, and so what its field looks like. */
export type Shape =
  | { kind: 'text'; format: 'line' | 'lines' | 'duration' }
  | { kind: 'number'; isWhole: boolean }
  | { kind: 'boolean' }
  | { kind: 'choice'; words: string[] }
  | { kind: 'list'; item: Shape }
  | { kind: 'map'; value: Shape }
  | { kind: 'object'; fields: Field[] }
  /** One of several, chosen by hand. `word`: the value of `type` that tells an option. */
  | { kind: 'union'; options: { label: string; word: string | undefined; shape: Shape }[] }
  /** A plugin named by its `type`, or a task or trigger where `of` says so. */
  | { kind: 'plugin'; of: 'task' | 'trigger' | 'taskRunner' | 'condition' }
  /** Tasks: edited as nodes of their own. */
  | { kind: 'tasks' }
  /** Anything: shown as YAML. */
  | { kind: 'any' }

export type Field = {
  name: string
  shape: Shape
  description: string | undefined
  isRequired: boolean
  isDeprecated: boolean
  /** What counts where nothing is written. */
  fallback: unknown
}

/** Texts of these names have several lines more often than not. */
const longTexts = new Set(
  'script sql query body content message description data value template rawDdl queries statement spec expression'.split(
    ' ',
  ),
)

/** The fields of a JSON Schema's properties, in its order; none for what is no object. */
export function fieldsOf(schema: JsonSchema): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schemasIn(schema.properties)).map(([name, property]) => ({
    name,
    shape: shapeOf(property, name),
    description: typeof property.description === 'string' ? property.description : undefined,
    isRequired: required.includes(name),
    isDeprecated: property.deprecated === true,
    fallback: property.default,
  }))
}

/** `name`: of the property, which tells long texts from short ones. */
function shapeOf(schema: JsonSchema, name = ''): Shape {
  const reference = referenceOf(schema)
  if (reference !== undefined) return reference
  const options = optionsOf(schema)
  if (options !== undefined) return unionOf(options, name)
  if (Array.isArray(schema.enum)) return { kind: 'choice', words: schema.enum.map(String) }
  if (schema.const !== undefined) return { kind: 'choice', words: [String(schema.const)] }
  switch (typeOf(schema)) {
    case 'string':
      return { kind: 'text', format: formatOf(schema, name) }
    case 'integer':
      return { kind: 'number', isWhole: true }
    case 'number':
      return { kind: 'number', isWhole: false }
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return listOf(schema, name)
    case 'object':
      return objectOf(schema)
    default:
      return { kind: 'any' }
  }
}

function typeOf({ type }: JsonSchema): unknown {
  // `string, number or boolean` is text: YAML reads `5` as a number.
  return Array.isArray(type) && type.includes('string') ? 'string' : type
}

function formatOf({ format }: JsonSchema, name: string): 'line' | 'lines' | 'duration' {
  if (format === 'duration') return 'duration'
  return longTexts.has(name) ? 'lines' : 'line'
}

function listOf(schema: JsonSchema, name: string): Shape {
  const items = isSchema(schema.items) ? schema.items : {}
  const item = shapeOf(items, name)
  return holdsTasks(item) ? { kind: 'tasks' } : { kind: 'list', item }
}

/** Of a Dag the items hold one each, beside what it waits for. */
function holdsTasks(shape: Shape): boolean {
  if (shape.kind === 'plugin') return shape.of === 'task' || shape.of === 'trigger'
  return shape.kind === 'object' && shape.fields.some(({ name, shape }) => name === 'task' && holdsTasks(shape))
}

function objectOf(schema: JsonSchema): Shape {
  const fields = fieldsOf(schema)
  if (fields.length > 0) return { kind: 'object', fields }
  const value = isSchema(schema.additionalProperties)
    ? shapeOf(schema.additionalProperties)
    : ({ kind: 'any' } as const)
  return value.kind === 'tasks' ? value : { kind: 'map', value }
}

function referenceOf(schema: JsonSchema): Shape | undefined {
  const [first] = schemasOf(schema.allOf)
  const target = schema.$ref ?? first?.$ref
  const of = typeof target === 'string' ? target.split('/').at(-1) : undefined
  if (of !== 'task' && of !== 'trigger' && of !== 'taskRunner' && of !== 'condition') return undefined
  return { kind: 'plugin', of }
}

function optionsOf(schema: JsonSchema): JsonSchema[] | undefined {
  const options = [...schemasOf(schema.anyOf), ...schemasOf(schema.oneOf)]
  return options.length > 0 ? options : undefined
}

function unionOf(options: JsonSchema[], name: string): Shape {
  const all = options.map(option => ({ word: wordOf(option), shape: shapeOf(option, name) }))
  const shapes = withoutWiderText(all)
  const [first] = shapes
  if (first !== undefined && shapes.length === 1) return first.shape
  return {
    kind: 'union',
    options: shapes.map(({ word, shape }) => ({ word, shape, label: word ?? formText.kindsOfValue[shape.kind] })),
  }
}

/** Any text may be an expression: beside a duration, plain text says no more than that. */
function withoutWiderText<Option extends { shape: Shape }>(options: Option[]): Option[] {
  const isDuration = ({ shape }: Option) => shape.kind === 'text' && shape.format === 'duration'
  return options.some(isDuration) ? options.filter(one => one.shape.kind !== 'text' || isDuration(one)) : options
}

function wordOf(option: JsonSchema): string | undefined {
  const word = schemasIn(option.properties).type?.const
  return typeof word === 'string' ? word : undefined
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function schemasOf(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : []
}

function schemasIn(value: unknown): Record<string, JsonSchema> {
  if (!isSchema(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1])))
}
