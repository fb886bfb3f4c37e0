import { z } from 'zod'
import { catalog } from '#catalog/manifests'
import type { PluginDefinition } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { AnyJsonObject } from '../schemas'

export const PluginDoc = z.object({
  type: z.string(),
  kind: z.enum(['task', 'trigger', 'taskRunner', 'condition']),
  title: z.string(),
  /** Markdown. */
  description: z.string().optional(),
  deprecated: z.string().optional(),
  /** JSON Schemas. */
  properties: AnyJsonObject,
  outputs: AnyJsonObject.optional(),
  examples: z.array(z.object({ title: z.string(), yaml: z.string() })),
})
export type PluginDoc = z.infer<typeof PluginDoc>

let docs: PluginDoc[] | undefined

/** All types that a flow may name, with what the editor and the docs say of them. */
export function listPlugins(): PluginDoc[] {
  docs ??= catalog.all().map(toDoc)
  return docs
}

function toDoc({
  type,
  kind,
  title,
  description,
  deprecated,
  properties,
  outputs,
  examples,
}: PluginDefinition): PluginDoc {
  return {
    type,
    kind,
    title,
    description,
    deprecated,
    properties: toSchema(properties, 'input'),
    outputs: outputs && toSchema(outputs, 'output'),
    examples,
  }
}

function toSchema(schema: z.ZodObject, io: 'input' | 'output'): JsonObject {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
}
