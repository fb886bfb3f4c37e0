import { type Run, TaskError } from '#language/define-plugin'
import { isJsonObject, type Json } from '#language/json'
import { missingKey } from '../shared/missing'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { key, value, namespace = ctx.namespace, errorOnMissing }) => {
  const found = await ctx.kv.get(key, namespace)
  if (found === null && errorOnMissing) throw missingKey(key, namespace)
  const old = found?.value ?? null
  await ctx.kv.set(key, isPartList(value) ? withParts(old, value) : merge(old, value), { namespace })
  return {}
}

export default run

function merge(old: Json, update: Json): Json {
  if (!isJsonObject(old) || !isJsonObject(update)) return update
  const merged = new Map(Object.entries(old))
  for (const [name, value] of Object.entries(update)) merged.set(name, merge(merged.get(name) ?? null, value))
  return Object.fromEntries(merged)
}

/** A part of a map by its path, `a.b`; without a key, the whole. */
type Part = { key?: Json; value: Json }

function isPartList(value: Json): value is Part[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPart)
}

function isPart(item: Json): boolean {
  return isJsonObject(item) && 'value' in item && Object.keys(item).every(name => name === 'key' || name === 'value')
}

function withParts(old: Json, parts: Part[]): Json {
  const [first] = parts
  if (parts.length === 1 && first!.key === undefined) return first!.value
  if (old !== null && !isJsonObject(old)) throw new TaskError('The KV entry is no map, so it has no parts to set')
  return parts.reduce<Json>((map, { key, value }) => {
    if (typeof key !== 'string' || key.trim() === '') throw new TaskError('value: each of several items needs a key')
    return merge(map, nested(key.split('.'), value))
  }, old ?? {})
}

function nested(path: string[], value: Json): Json {
  return path.reduceRight<Json>((inner, name) => Object.fromEntries([[name, inner]]), value)
}
