import { isJsonObject, type Json, type JsonObject } from '#language/json'

/** Sets an own property even where the name means something to JavaScript (`__proto__`). */
export function setOwn(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/** Puts a value into nested maps, made on the way: `setPath({}, ['a', 'b'], 1)` gives `{ a: { b: 1 } }`. */
export function setPath(tree: JsonObject, path: readonly string[], value: Json): void {
  let at = tree
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined
    if (isJsonObject(next)) {
      at = next
      continue
    }
    const made: JsonObject = {}
    setOwn(at, key, made)
    at = made
  }
  setOwn(at, path.at(-1)!, value)
}

/** Takes a value out of nested maps; the maps stay. */
export function deletePath(tree: JsonObject, path: readonly string[]): void {
  let at: Json | undefined = tree
  for (const key of path.slice(0, -1)) at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  if (isJsonObject(at)) delete at[path.at(-1)!]
}

/** Maps nested by the dots of their keys: how labels and dotted inputs read. */
export function nestByDots(entries: Iterable<readonly [string, Json]>): JsonObject {
  const nested: JsonObject = {}
  for (const [key, value] of entries) setPath(nested, key.split('.'), value)
  return nested
}
