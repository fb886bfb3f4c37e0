import type { NamespaceContext } from './compile'
import { PluginDefault } from './flow'
import type { Json, JsonObject } from './json'

/** What is stored of namespaces as the compiler takes it; a default that no longer holds to its shape is left out. */
export function toNamespaceContext(stored: { variables: JsonObject; pluginDefaults: Json[][] }): NamespaceContext {
  return {
    variables: stored.variables,
    pluginDefaults: stored.pluginDefaults.map(list =>
      list.flatMap(entry => {
        const parsed = PluginDefault.safeParse(entry)
        return parsed.success ? [parsed.data as PluginDefault] : []
      }),
    ),
  }
}
