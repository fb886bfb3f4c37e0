import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Path } from './problem'
import type { Subject } from './subject'

/** A trigger and where it stands; `kind` is the last part of its type's present name. */
export type PlacedTrigger = { trigger: JsonObject; path: Path; kind: string }

export function triggersOf({ flow, catalog }: Subject): PlacedTrigger[] {
  return listOf(flow.triggers).map(([trigger, index]) => {
    const type = String(trigger.type)
    const name = catalog.find(type)?.type ?? type
    return { trigger, path: ['triggers', index], kind: name.slice(name.lastIndexOf('.') + 1) }
  })
}

/** Maps of a list and their places in it; whatever else it holds is somebody else's to tell. */
export function listOf(value: Json | undefined): [item: JsonObject, index: number][] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item, index): [JsonObject, number][] => (isJsonObject(item) ? [[item, index]] : []))
}
