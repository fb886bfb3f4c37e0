import { catalog } from '#catalog/manifests'
import { flowJsonSchema } from '#language/editor-schema'
import type { JsonObject } from '#language/json'

let schema: JsonObject | undefined

/** JSON Schema of a whole flow, made of all plugins: what editors complete and check with. */
export function getFlowSchema(): JsonObject {
  schema ??= flowJsonSchema(catalog) as JsonObject
  return schema
}
