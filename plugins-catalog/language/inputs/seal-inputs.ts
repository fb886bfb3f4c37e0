import { isJsonObject, type Json, type JsonObject } from '../json'
import { isSealed, mapTexts, type SealedValue } from '../sealed'
import type { Input } from './input'

export type Sealing = {
  seal(text: string): Promise<SealedValue>
  /** Whether a text was made of a secret: of another input, or by `secret()` in a default. */
  holdsSecret(text: string): boolean
}

/** Resolved inputs as they may be kept and travel: SECRET ones sealed, and any text that holds a secret with them. */
export async function sealInputs(
  definitions: readonly Input[],
  values: JsonObject,
  { seal, holdsSecret }: Sealing,
): Promise<JsonObject> {
  let sealed: Json = values
  for (const path of secretPaths(definitions)) {
    sealed = await changeAt(sealed, path, value => (typeof value === 'string' ? seal(value) : value))
  }
  return (await mapTexts(sealed, text => (holdsSecret(text) ? seal(text) : text))) as JsonObject
}

/** What was given for SECRET inputs, before it is checked, sealed; by id or nested by its dots. */
export async function sealGiven(
  definitions: readonly Input[],
  given: JsonObject,
  seal: Sealing['seal'],
): Promise<JsonObject> {
  const sealText = (value: Json) => seal(typeof value === 'string' ? value : JSON.stringify(value))
  let sealed = given
  for (const { id, type } of definitions) {
    if (type !== 'SECRET') continue
    const path = Object.hasOwn(sealed, id) ? [id] : id.split('.')
    sealed = (await changeAt(sealed, path, value => (value === null ? value : sealText(value)))) as JsonObject
  }
  return sealed
}

/** The texts of SECRET inputs among resolved ones. */
export function secretTexts(definitions: readonly Input[], values: JsonObject): string[] {
  return secretPaths(definitions).flatMap(path => {
    const value = path.reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), values)
    return typeof value === 'string' ? [value] : []
  })
}

export function hasSecretInput(definitions: readonly Input[]): boolean {
  return definitions.some(({ type }) => type === 'SECRET')
}

function secretPaths(definitions: readonly Input[]): string[][] {
  return definitions.filter(({ type }) => type === 'SECRET').map(({ id }) => id.split('.'))
}

async function changeAt(
  value: Json,
  [name, ...rest]: string[],
  change: (value: Json) => Json | Promise<Json>,
): Promise<Json> {
  if (isSealed(value)) return value
  if (name === undefined) return change(value)
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return value
  return { ...value, [name]: await changeAt(value[name]!, rest, change) }
}
