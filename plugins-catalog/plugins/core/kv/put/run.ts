import type { Run } from '#language/define-plugin'
import { isJsonObject, type Json } from '#language/json'
import { missingKey } from '../shared/missing'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { key, value, namespace = ctx.namespace, errorOnMissing }) => {
  const found = await ctx.kv.get(key, namespace)
  if (found === null && errorOnMissing) throw missingKey(key, namespace)
  await ctx.kv.set(key, merge(found?.value ?? null, value), { namespace })
  return {}
}

export default run

function merge(old: Json, update: Json): Json {
  if (!isJsonObject(old) || !isJsonObject(update)) return update
  const merged = new Map(Object.entries(old))
  for (const [name, value] of Object.entries(update)) merged.set(name, merge(merged.get(name) ?? null, value))
  return Object.fromEntries(merged)
}
