import { z } from 'zod'
import type { Catalog } from './catalog'
import type { PluginDefinition } from './define-plugin'
import type { FieldMeta } from './fields'
import { FlowShape, TaskCommon, TriggerCommon } from './flow'

export type JsonSchema = { [keyword: string]: unknown }

type Kind = PluginDefinition['kind']

const definitionNames: Record<Kind, string> = {
  task: 'task',
  trigger: 'trigger',
  taskRunner: 'taskRunner',
  condition: 'condition',
}
const commonOf: Record<Kind, z.ZodObject> = {
  task: TaskCommon,
  trigger: TriggerCommon,
  taskRunner: z.object({ type: z.string() }),
  condition: z.object({ type: z.string() }),
}
const templatePattern = '\\{\\{|\\{%'

/** The JSON Schema of a flow for an editor: completion of types, properties and words, with their descriptions. */
export function flowJsonSchema(catalog: Catalog): JsonSchema {
  const flow = toJsonSchema(FlowShape, { templates: false })
  const properties = flow.properties as Record<string, JsonSchema>
  const list = (kind: Kind) => ({ type: 'array', items: reference(kind) })
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Flow',
    type: 'object',
    required: ['id', 'namespace', 'tasks'],
    additionalProperties: false,
    properties: {
      ...properties,
      labels: labelsSchema,
      taskDefaults: properties.pluginDefaults,
      tasks: { ...list('task'), description: 'Run in this order.' },
      errors: { ...list('task'), description: 'Run in order after a task failed for good.' },
      finally: { ...list('task'), description: 'Run in order at the end, whatever happened before.' },
      afterExecution: { ...list('task'), description: 'Run after the execution has its final state.' },
      triggers: { ...list('trigger'), description: 'What starts the flow.' },
    },
    $defs: Object.fromEntries(
      kinds.flatMap(kind => [
        [definitionNames[kind], unionOf(kind, catalog)],
        [commonName(kind), toJsonSchema(commonOf[kind], { templates: false })],
      ]),
    ),
  }
}

const kinds = Object.keys(definitionNames) as Kind[]

/**
 * JSON Schemas for forms and documentation: of a plugin's own properties, of those that all of its kind share, and of a
 * flow's. Tasks and plugins inside are references into `#/$defs`. That any value may be an expression isn't said.
 */
export function ownSchema({ properties }: Pick<PluginDefinition, 'properties'>): JsonSchema {
  return toJsonSchema(properties, { templates: false })
}

export function commonSchema(kind: Kind): JsonSchema {
  return toJsonSchema(commonOf[kind], { templates: false })
}

export function outputSchema(outputs: z.ZodObject): JsonSchema {
  return toJsonSchema(outputs, { templates: false, io: 'output' })
}

export function flowSchema(): JsonSchema {
  return toJsonSchema(FlowShape, { templates: false })
}

const labelsSchema: JsonSchema = {
  description: 'A map of keys to values, or a list of both.',
  anyOf: [
    { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    {
      type: 'array',
      items: { type: 'object', required: ['key', 'value'], properties: { key: { type: 'string' }, value: {} } },
    },
  ],
}

function reference(kind: Kind): JsonSchema {
  return { $ref: `#/$defs/${definitionNames[kind]}` }
}

/** One schema per type, chosen by `type`: only the chosen one reports, and its properties are the ones offered. */
function unionOf(kind: Kind, catalog: Catalog): JsonSchema {
  const definitions = catalog.all().filter(definition => definition.kind === kind)
  const names = definitions.flatMap(({ type, aliases = [] }) => [type, ...aliases])
  const hasId = kind === 'task' || kind === 'trigger'
  return {
    type: 'object',
    required: hasId ? ['id', 'type'] : ['type'],
    properties: {
      type: {
        type: 'string',
        anyOf: [
          ...definitions.map(({ type, title, description }) => ({
            const: type,
            title,
            markdownDescription: description ?? title,
          })),
          // Names of an older Kestra; whether they exist is told by our own diagnostics.
          { type: 'string', not: { enum: names } },
        ],
      },
    },
    allOf: definitions.map(definition => ({
      if: { properties: { type: { enum: [definition.type, ...(definition.aliases ?? [])] } }, required: ['type'] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word
      then: pluginSchema(definition),
    })),
  }
}

function pluginSchema(definition: PluginDefinition): JsonSchema {
  const own = toJsonSchema(definition.properties, { templates: true })
  const commonProperties = Object.keys(commonOf[definition.kind].shape).map(name => [
    name,
    { $ref: `#/$defs/${commonName(definition.kind)}/properties/${name}` },
  ])
  return {
    title: definition.title,
    markdownDescription: markdownOf(definition),
    properties: {
      ...Object.fromEntries(commonProperties),
      ...(own.properties as object),
      type: { const: definition.type },
    },
    required: ((own.required ?? []) as string[]).filter(name => name !== 'type'),
    additionalProperties: false,
  }
}

/** Properties that all of a kind share are described once. */
function commonName(kind: Kind): string {
  return `${definitionNames[kind]}Common`
}

function markdownOf({ title, description, examples }: PluginDefinition): string {
  const example = examples[0] === undefined ? '' : `\n\n${examples[0].title}:\n\n\`\`\`yaml\n${examples[0].yaml}\`\`\``
  return `**${title}**\n\n${description ?? ''}${example}`
}

function toJsonSchema(
  schema: z.ZodType,
  { templates, io = 'input' }: { templates: boolean; io?: 'input' | 'output' },
): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema, path }) => {
      // Left out by zod where a value is coerced first.
      if (zodSchema._zod.def.type === 'default') jsonSchema.default = zodSchema._zod.def.defaultValue as never
      const meta = (zodSchema as unknown as z.ZodType).meta() as FieldMeta | undefined
      if (path.length > 0) describe(meta, jsonSchema as JsonSchema, templates)
    },
  })
  return rest
}

/** Refers to tasks and plugins where a field holds them; lets a template stand where another type is expected. */
function describe(meta: FieldMeta | undefined, jsonSchema: JsonSchema, templates: boolean): void {
  for (const keyword of ['tasks', 'plugin', 'instead']) delete jsonSchema[keyword]
  if (meta?.instead !== undefined) jsonSchema.description = `${meta.description ?? ''} Use ${meta.instead}.`.trim()
  if (meta?.plugin !== undefined) replaceBy(jsonSchema, reference(meta.plugin))
  else if (meta?.tasks !== undefined) replaceBy(jsonSchema, heldTasks[meta.tasks])
  else if (templates) acceptTemplate(jsonSchema)
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
    delete jsonSchema.minimum
    delete jsonSchema.maximum
  }
}

const heldTasks: Record<NonNullable<FieldMeta['tasks']>, JsonSchema> = {
  one: reference('task'),
  list: { type: 'array', items: reference('task') },
  lists: { type: 'object', additionalProperties: { type: 'array', items: reference('task') } },
  dag: {
    type: 'array',
    items: {
      type: 'object',
      required: ['task'],
      properties: { task: reference('task'), dependsOn: { type: 'array', items: { type: 'string' } } },
      additionalProperties: false,
    },
  },
}

function replaceBy(jsonSchema: JsonSchema, replacement: JsonSchema): void {
  for (const keyword of Object.keys(jsonSchema)) {
    if (!['description', 'deprecated', 'default'].includes(keyword)) delete jsonSchema[keyword]
  }
  Object.assign(jsonSchema, replacement)
}

function acceptTemplate(jsonSchema: JsonSchema): void {
  const { type } = jsonSchema
  if (type === 'string' && jsonSchema.enum === undefined && jsonSchema.pattern === undefined) {
    jsonSchema.type = ['string', 'number', 'boolean']
    return
  }
  if (typeof type !== 'string' || jsonSchema.const !== undefined) return
  const { description, deprecated, default: fallback, ...rest } = jsonSchema
  for (const keyword of Object.keys(rest)) delete jsonSchema[keyword]
  jsonSchema.anyOf = [rest, { type: 'string', pattern: templatePattern }]
}
