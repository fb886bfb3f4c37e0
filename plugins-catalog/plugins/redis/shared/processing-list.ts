/**
 * Elements are moved to a list of the trigger's own, and leave that only when their execution is kept: a worker's death
 * loses none. Redis gives elements no names, so that they are counted: the number of the first one that is there stands
 * beside the list, and goes up as elements leave. Whoever takes an element again finds it under the same number.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { PluginContext } from '#language/define-plugin'
import type { Redis } from './connect'

/** The number of the first element, and the elements. */
export type Taken = { first: string; elements: string[] }

export type ProcessingList = {
  /** So many elements at most, those first that were taken before. */
  take(count: number): Promise<Taken>
  /** Waits for an element for a while; whether there is one. */
  wait(seconds: number): Promise<boolean>
  /** Lets go of the first elements; nothing where they have gone already. */
  release(first: string, count: number): Promise<void>
}

/** Numbers begin with the present: those of a list that was forgotten don't come again. */
const takeScript = `
redis.call('SET', KEYS[3], ARGV[2], 'NX')
while redis.call('LLEN', KEYS[2]) < tonumber(ARGV[1]) do
  if not redis.call('LMOVE', KEYS[1], KEYS[2], 'LEFT', 'RIGHT') then break end
end
return { redis.call('GET', KEYS[3]), redis.call('LRANGE', KEYS[2], 0, ARGV[1] - 1) }`

const releaseScript = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('LTRIM', KEYS[1], ARGV[2], -1)
return redis.call('INCRBY', KEYS[2], ARGV[2])`

const TakenReply = z.tuple([z.string(), z.array(z.string())])

/** The list of a trigger for the elements of `key`. */
export function openProcessingList(
  redis: Redis,
  ctx: Pick<PluginContext, 'tenantId' | 'namespace' | 'flowId' | 'taskId'>,
  key: string,
): ProcessingList {
  const owner = JSON.stringify([ctx.tenantId, ctx.namespace, ctx.flowId, ctx.taskId])
  // In a cluster, keys of one script lie together: those with the same text in braces.
  const base = `${key.includes('{') ? key : `{${key}}`}:millrace:${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`
  const processing = `${base}:processing`
  const head = `${base}:head`
  return {
    async take(count) {
      const now = String(Date.now() * 1000)
      const reply = await redis.send('EVAL', takeScript, '3', key, processing, head, String(count), now)
      const [first, elements] = TakenReply.parse(reply)
      return { first, elements }
    },
    async wait(seconds) {
      return (await redis.send('BLMOVE', key, processing, 'LEFT', 'RIGHT', String(seconds))) !== null
    },
    async release(first, count) {
      await redis.send('EVAL', releaseScript, '2', processing, head, first, String(count))
    },
  }
}
