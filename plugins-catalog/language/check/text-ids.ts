import type { Catalog } from '../catalog'
import { isJsonObject, type Json, type JsonObject } from '../json'

/** `id: 12` is the id "12", and `id: true` is "true", as in Kestra: of a flow, its inputs, outputs, triggers and tasks, at any depth. */
export function textIds(flow: JsonObject, catalog: Catalog): JsonObject {
  const entries = Object.entries(flow).map(([name, value]): [string, Json] => {
    if (name === 'id' || name === 'namespace') return [name, asText(value)]
    const isNamed = name === 'inputs' || name === 'outputs'
    if (isNamed && Array.isArray(value)) return [name, value.map(withTextIds)]
    return [name, inside(value, catalog)]
  })
  return Object.fromEntries(entries)
}

function inside(value: Json, catalog: Catalog): Json {
  if (Array.isArray(value)) return value.map(item => inside(item, catalog))
  if (!isJsonObject(value)) return value
  const deep = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, inside(child, catalog)]))
  // Any other map is a user's own value: its ids stay what they are.
  return typeof deep.type === 'string' && catalog.find(deep.type) !== undefined ? withTextId(deep) : deep
}

/** Those that a form holds, too. */
function withTextIds(value: Json): Json {
  if (!isJsonObject(value) || !Array.isArray(value.inputs)) return withTextId(value)
  return withTextId({ ...value, inputs: value.inputs.map(withTextId) })
}

function withTextId(value: Json): Json {
  return isJsonObject(value) && value.id !== undefined ? { ...value, id: asText(value.id) } : value
}

function asText(value: Json): Json {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}
