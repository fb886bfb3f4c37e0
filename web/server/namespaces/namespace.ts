import { z } from 'zod'
import { PluginDefault } from '#language/flow'
import { AnyJson, NamespaceId } from '../schemas'

const maxVariablesBytes = 64 * 1024

export const NamespaceVariables = z
  .record(z.string().min(1).max(256), AnyJson)
  .refine(value => Buffer.byteLength(JSON.stringify(value)) <= maxVariablesBytes, 'variables have 64 KiB at most')

/** What may be said of a namespace; what is left out stays. */
export const NamespaceChange = z.object({
  description: z.string().max(10_000).optional(),
  variables: NamespaceVariables.optional(),
  pluginDefaults: z.array(PluginDefault).max(200).optional(),
  allowedNamespaces: z
    .array(NamespaceId)
    .max(200)
    .nullable()
    .optional()
    .meta({ description: 'Which others, each with those below it, may use what it holds; null: all of the tenant' }),
})
export type NamespaceChange = z.infer<typeof NamespaceChange>

/** What is in a namespace, those below it left out; as far as whoever asks may see. */
export const NamespaceCounts = z.object({
  flows: z.number(),
  triggers: z.number(),
  secrets: z.number(),
  kvEntries: z.number(),
})

export const NamespaceRecord = z.object({
  id: z.string(),
  description: z.string(),
  variables: z.record(z.string(), AnyJson),
  pluginDefaults: z.array(z.object({ type: z.string(), forced: z.boolean(), values: z.record(z.string(), AnyJson) })),
  allowedNamespaces: z.array(z.string()).nullable(),
  counts: NamespaceCounts,
})
export type NamespaceRecord = z.infer<typeof NamespaceRecord>

/** A node of the tree; `parent` is null at the top. */
export const NamespaceSummary = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  description: z.string(),
  flows: z.number().meta({ description: 'How many flows are in it, those below it left out' }),
})
export type NamespaceSummary = z.infer<typeof NamespaceSummary>
