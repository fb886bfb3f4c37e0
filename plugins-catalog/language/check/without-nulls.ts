import { isJsonObject, type Json, type JsonObject } from '../json'

/** A property that is `null` counts as not written, in the flow, its tasks and triggers; inside other values it stays. */
export function withoutNulls(flow: JsonObject): JsonObject {
  return withoutNullProperties(flow)
}

function withoutNullProperties(holder: JsonObject): JsonObject {
  const written = Object.entries(holder).filter(([, value]) => value !== null)
  return Object.fromEntries(written.map(([name, value]) => [name, inside(value)]))
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(inside)
  if (!isJsonObject(value)) return value
  const isPlugin = typeof value.type === 'string' || isJsonObject(value.task)
  return isPlugin
    ? withoutNullProperties(value)
    : Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inside(v)]))
}
