import type { PluginDefinition } from './define-plugin'
import { legacyTypeNames } from './legacy-types'
import { nearest } from './nearest'

/** All plugins that a flow may name. */
export type Catalog = {
  /** By the type's name, an alias, or a name of an older Kestra. */
  find(type: string): PluginDefinition | undefined
  all(): readonly PluginDefinition[]
  /** Names of types most like a misspelt one. */
  nearest(type: string, kind?: PluginDefinition['kind']): string[]
}

/** Builds a catalog; throws where two plugins claim one name, which is a mistake of the programmer. */
export function createCatalog(definitions: readonly PluginDefinition[]): Catalog {
  const byName = new Map<string, PluginDefinition>()
  for (const definition of definitions) {
    for (const name of [definition.type, ...(definition.aliases ?? [])]) {
      if (byName.has(name)) throw new Error(`two plugins claim the type ${name}`)
      byName.set(name, definition)
    }
  }
  return {
    find: type =>
      byName.get(type) ??
      legacyTypeNames(type)
        .map(name => byName.get(name))
        .find(found => found !== undefined),
    all: () => definitions,
    nearest: (type, kind) =>
      nearestTypes(
        type,
        definitions.filter(definition => kind === undefined || definition.kind === kind),
      ),
  }
}

/** By the whole name, then by its last part: people forget packages more often than they misspell them. */
function nearestTypes(type: string, definitions: readonly PluginDefinition[]): string[] {
  const names = definitions.map(definition => definition.type)
  const last = lastPart(type).toLowerCase()
  const sameLastPart = names.filter(name => lastPart(name).toLowerCase() === last)
  const near = [...new Set([...sameLastPart, ...nearest(type, names)])]
  if (near.length > 0) return near.slice(0, 3)
  const nearLastParts = nearest(last, new Set(names.map(lastPart)))
  return names.filter(name => nearLastParts.includes(lastPart(name))).slice(0, 3)
}

function lastPart(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1)
}
