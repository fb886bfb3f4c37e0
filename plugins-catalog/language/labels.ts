import type { Label } from './flow'
import { isJsonObject, type Json, toText } from './json'

/** Labels as rendered: a map, or a list of `{ key, value }`; anything else is none. */
export function toLabels(labels: Json | undefined): Label[] {
  if (isJsonObject(labels)) return Object.entries(labels).map(([key, value]) => ({ key, value: toText(value) }))
  if (!Array.isArray(labels)) return []
  return labels.filter(isJsonObject).map(({ key, value }) => ({ key: toText(key), value: toText(value) }))
}

/** Later ones win over earlier ones of the same key. */
export function mergeLabels(...lists: readonly Label[][]): Label[] {
  return [...new Map(lists.flat().map(label => [label.key, label])).values()]
}
