import { isJsonObject, type Json, type JsonObject } from './json'

const sealedType = 'io.kestra.datatype:aes_encrypted'

/**
 * A value that travels encrypted, in Kestra's form: a SECRET input, or a text that was made of a secret. Expressions use
 * it as the text that it is: whoever evaluates them where it may be opened answers the call `unseal`.
 */
export type SealedValue = { type: typeof sealedType; value: string }

/** The name of the call that opens one. No template can make it by name: no function is called so. */
export const unsealCall = 'unseal'

export function toSealed(value: string): SealedValue {
  return { type: sealedType, value }
}

export function isSealed(value: Json | undefined): value is SealedValue {
  return isJsonObject(value) && value.type === sealedType && typeof value.value === 'string'
}

/** Whether a value is one, or holds one at any depth. */
export function holdsSealed(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsSealed)
  return isJsonObject(value) && (isSealed(value) || Object.values(value).some(holdsSealed))
}

/** For a reader: of a sealed value only that it is one. */
export function hideSealed(value: Json): Json {
  if (!holdsSealed(value)) return value
  if (isSealed(value)) return toSealed('******')
  if (Array.isArray(value)) return value.map(hideSealed)
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, child]) => [name, hideSealed(child)]))
}

/** Puts something else in the place of each sealed value, deep. */
export async function mapSealed(value: Json, replace: (sealed: SealedValue) => Promise<Json>): Promise<Json> {
  if (!holdsSealed(value)) return value
  if (isSealed(value)) return replace(value)
  if (Array.isArray(value)) return Promise.all(value.map(item => mapSealed(item, replace)))
  return mapEntries(value as JsonObject, child => mapSealed(child, replace))
}

/** Puts something else in the place of each text that is not sealed, deep. */
export async function mapTexts(value: Json, replace: (text: string) => Promise<Json> | Json): Promise<Json> {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return Promise.all(value.map(item => mapTexts(item, replace)))
  if (!isJsonObject(value) || isSealed(value)) return value
  return mapEntries(value, child => mapTexts(child, replace))
}

async function mapEntries(map: JsonObject, change: (child: Json) => Promise<Json>): Promise<JsonObject> {
  const entries = Object.entries(map).map(async ([name, child]) => [name, await change(child)] as const)
  return Object.fromEntries(await Promise.all(entries))
}
