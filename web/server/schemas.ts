/** Pieces of schemas that several entities share. */
import { z } from 'zod'
import type { Diagnostic } from '#language/diagnostics'
import { namespacePattern } from '#language/flow'
import type { Json, JsonObject } from '#language/json'

/** JSON of a tenant, passed on as it is: checking each value again would only cost time. */
export const AnyJson = z
  .custom<Json>()
  .meta({ override: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] } })
export const AnyJsonObject = z
  .custom<JsonObject>(value => typeof value === 'object' && value !== null && !Array.isArray(value))
  .meta({ override: { type: 'object', additionalProperties: true } })

export const Timestamp = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' })

export const Label = z.object({ key: z.string().min(1).max(200), value: z.string().max(1000) })
export type Label = z.infer<typeof Label>

const LabelText = z
  .string()
  .regex(/^[^:]+:.+$/s, 'a label is key:value')
  .transform(text => ({ key: text.slice(0, text.indexOf(':')), value: text.slice(text.indexOf(':') + 1) }))

/** Labels as a list, or as the `key:value` texts of a query string. */
export const LabelList = z.union([z.array(z.union([Label, LabelText])).max(50), LabelText.transform(label => [label])])

/**
 * Lets a schema stand for a parameter in the API's description: its generator takes texts and numbers, or what is piped,
 * for it can't see that our query strings are read into more than texts.
 */
export function parameter<T extends z.ZodType>(schema: T) {
  return schema.pipe(z.custom<z.output<T>>())
}

/** Yes or no, as itself or as the text of a query string. */
export const Flag = parameter(z.union([z.boolean(), z.stringbool()]))
/** A number, as itself or as text. */
export function integer(min: number, max: number) {
  return z.coerce.number<number | string>().int().min(min).max(max)
}

export const tenantSlugPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** The slug of a tenant, as it stands in addresses. Anything else can't exist, so it is not looked up. */
export const TenantSlug = z.string().min(1).max(63).meta({ description: 'Slug of the tenant' })
export const InTenant = z.object({ tenant: TenantSlug })

/** A namespace that may be none yet: it is made by its first use. */
export const NamespaceId = z
  .string()
  .min(1)
  .max(150)
  .regex(
    namespacePattern,
    'a namespace starts with a lower-case letter or digit; then lower-case letters, digits, . _ -',
  )

export const Namespace = z.string().min(1).max(150)
export const FlowId = z.string().min(1).max(100)
export const ExecutionId = z.string().min(1).max(64)

export const FlowRef = InTenant.extend({ namespace: Namespace, id: FlowId })
export const ExecutionRef = InTenant.extend({ id: ExecutionId })

/** Lists page by cursor; `page` and `size` are Kestra's way and cost more the further one goes. */
export const Paging = z.object({
  limit: integer(1, 500).optional(),
  cursor: z.string().max(500).optional(),
  page: integer(1, 10_000).optional(),
  size: integer(1, 500).optional(),
})

/** A problem of a flow, with its place in the text. */
export const FlowDiagnostic = z
  .custom<Diagnostic>()
  .meta({ override: { type: 'object', required: ['code', 'severity', 'message', 'path', 'range'] } })
