import { type Run, TaskError } from '#language/define-plugin'
import { durationMs } from '#language/durations'
import type plugin from './plugin'
import { converters } from './types'

const run: Run<typeof plugin> = async (ctx, { key, value, namespace, overwrite, ttl, kvType }) => {
  const converted = kvType ? converters[kvType](value) : value
  if (converted === undefined) throw new TaskError(`value: ${JSON.stringify(value)} is no ${kvType}`)
  const ttlMs = ttl === undefined ? undefined : durationMs(ttl)
  await ctx.kv.set(key, converted, { namespace: namespace ?? ctx.namespace, overwrite, ttlMs })
  return {}
}

export default run
