import { type Run, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { readIon } from '../../../../rows/read-ion'
import { type RowValue, toJson } from '../../../../rows/values'
import { withRedis } from '../../shared/connect'
import { toRedis } from '../../shared/serde'
import type plugin from './plugin'

/** So many go in one command. */
const batchSize = 1000

const run: Run<typeof plugin> = (ctx, { url, key, from, serdeType }) =>
  withRedis(ctx, url, async redis => {
    let count = 0
    let batch: string[] = []
    const push = async () => {
      if (batch.length > 0) await redis.send('LPUSH', key, ...batch)
      count += batch.length
      batch = []
    }
    const elements = typeof from === 'string' ? readIon(await ctx.storage.open(from)) : listOf(from)
    for await (const element of elements) {
      batch.push(toRedis(toJson(element), serdeType))
      if (batch.length === batchSize) await push()
    }
    await push()
    return { count }
  })

function listOf(from: Json): RowValue[] {
  if (Array.isArray(from)) return from
  throw new TaskError('from: write a list, or the URI of a stored file')
}

export default run
