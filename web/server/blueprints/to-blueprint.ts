import { type Blueprint, blueprints } from '#catalog/blueprints/index'
import { findNeeds, findTypes } from '#catalog/blueprints/needs'
import { catalog } from '#catalog/manifests'
import type { BlueprintVersion } from '#db/generated/client'
import type { JsonObject } from '#language/json'
import type { BlueprintCard, BlueprintRecord } from './blueprint'

/** Those that come with Millrace, by slug; reading their texts once is enough. */
let shipped: Map<string, { card: BlueprintCard; blueprint: Blueprint }> | undefined

export function shippedBlueprints(): Map<string, { card: BlueprintCard; blueprint: Blueprint }> {
  shipped ??= new Map(blueprints.map(blueprint => [blueprint.slug, { card: toShippedCard(blueprint), blueprint }]))
  return shipped
}

function toShippedCard({ slug, title, description, tags, source, runsAnywhere }: Blueprint): BlueprintCard {
  return { id: slug, kind: 'MILLRACE', title, description, tags, types: findTypes(source), runsAnywhere }
}

export function toShippedRecord({ card, blueprint }: { card: BlueprintCard; blueprint: Blueprint }): BlueprintRecord {
  const { source } = blueprint
  const saved = { version: 1, latestVersion: 1, savedBy: '', savedAt: null }
  return { ...card, source, templateArguments: [], needs: findNeeds(source, catalog), ...saved }
}

/** One's own: whether it needs nothing is told by its text alone, and nobody has tried it. */
export function toOwnCard(row: BlueprintVersion): BlueprintCard {
  const { blueprintId, title, description, tags, source } = row
  return { id: blueprintId, kind: 'OWN', title, description, tags, types: findTypes(source), runsAnywhere: false }
}

export function toOwnRecord(row: BlueprintVersion, latestVersion: number): BlueprintRecord {
  return {
    ...toOwnCard(row),
    source: row.source,
    templateArguments: row.arguments as JsonObject[],
    needs: findNeeds(row.source, catalog),
    version: row.version,
    latestVersion,
    savedBy: row.savedBy,
    savedAt: row.savedAt.toISOString(),
  }
}
