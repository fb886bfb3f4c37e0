import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { PluginDefinition } from '#language/define-plugin'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { graphText } from '#text/graph'
import { freeId } from './free-id'

/**
 * A new task or trigger as YAML, with an id that none of `taken` is: what its type requires, as its first example says
 * it, or as empty as its schema lets it be. Lists of tasks stay out: the graph shows where they are to be filled.
 */
export function templateOf(definition: PluginDefinition, taken: ReadonlySet<string>): string {
  const { type } = definition
  const values: JsonObject = { ...requiredOf(definition), ...starts[type.slice(type.lastIndexOf('.') + 1)]?.(taken) }
  return stringify({ id: freeId(type, taken), type, ...values }, { lineWidth: 0 })
}

const log = 'io.kestra.plugin.core.log.Log'

/** What some types need beyond what their schema requires, or may be told better than by their example. */
const starts: { readonly [name: string]: ((taken: ReadonlySet<string>) => JsonObject) | undefined } = {
  If: () => ({ condition: '{{ true }}' }),
  Switch: taken => ({
    value: 'FIRST',
    cases: { FIRST: [{ id: freeId(log, taken), type: log, message: graphText.theFirstCase }] },
  }),
}

function requiredOf(definition: PluginDefinition): JsonObject {
  const example = exampleOf(definition)
  const held = new Set(definition.children)
  const wanted = Object.entries(definition.properties.shape).filter(
    ([name, field]) => !held.has(name) && !z.safeParse(z.object({ [name]: field }), {}).success,
  )
  return Object.fromEntries(
    wanted.map(([name, field]) => {
      const shown = example?.[name]
      if (shown !== undefined && !namesOthers(shown)) return [name, shown]
      return [name, emptyOf(Field.parse(z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' })))]
    }),
  )
}

const Field = z.looseObject({
  type: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  get anyOf() {
    return z.array(Field).optional()
  },
})
type Field = z.infer<typeof Field>

/** The plugin's own map in its first example that has one. */
function exampleOf({ type, aliases = [], examples }: PluginDefinition): JsonObject | undefined {
  for (const { yaml } of examples) {
    const found = findTyped(parse(yaml), new Set([type, ...aliases]))
    if (found) return found
  }
  return undefined
}

function findTyped(value: unknown, types: ReadonlySet<string>): JsonObject | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findTyped(item, types)
      if (found) return found
    }
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const json: unknown = value
  if (isJson(json) && isJsonObject(json) && typeof json.type === 'string' && types.has(json.type)) return json
  return findTyped(Object.values(value), types)
}

function isJson(value: unknown): value is Json {
  return z.json().safeParse(value).success
}

/** Whether a value speaks of what only the example's flow has. */
function namesOthers(value: Json): boolean {
  return /\{\{[^}]*\b(outputs|inputs|vars|trigger|secret|kv|taskrun|parent)\b/.test(JSON.stringify(value))
}

/** The least that a field of this schema may hold. */
function emptyOf(field: Field): Json {
  const only = field.enum?.[0] ?? field.const
  if (typeof only === 'string' || typeof only === 'number' || typeof only === 'boolean') return only
  const inner = field.anyOf?.[0]
  if (inner) return emptyOf(inner)
  if (field.type === 'array') return []
  if (field.type === 'object') return {}
  if (field.type === 'boolean') return false
  if (field.type === 'number' || field.type === 'integer') return field.minimum ?? 0
  return ''
}
