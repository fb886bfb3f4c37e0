import { isJsonObject, type Json, type JsonObject } from './json'

const storedKey = '$stored'

/** What stands for a JSON value that is too large to travel: the URI of a file of internal storage named `outputs.json`. */
export function toStored(uri: string): JsonObject {
  return { [storedKey]: uri }
}

/** Whether a value stands for a stored one. */
export function isStored(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.hasOwn(value, storedKey)
}

/** The URI of what a value stands for. */
export function storedUri(value: Json): string | undefined {
  const uri = isJsonObject(value) ? value[storedKey] : undefined
  return typeof uri === 'string' ? uri : undefined
}

/** Whether a value is or holds one that is stored; most don't, and needn't be copied. */
export function holdsStored(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsStored)
  return isJsonObject(value) && (isStored(value) || Object.values(value).some(holdsStored))
}

/** What Postgres takes for no text: NUL, and halves of a character. */
const unkeepable = /\\u(?:0000|d[89a-f])/

/** Whether a value can lie in a row; else it has to lie in a file. */
export function isKeepable(value: Json): boolean {
  return !unkeepable.test(JSON.stringify(value))
}
