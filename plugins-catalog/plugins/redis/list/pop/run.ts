import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Run } from '#language/define-plugin'
import { withRedis } from '../../shared/connect'
import { toLines } from '../../shared/serde'
import type plugin from './plugin'

const Popped = z.array(z.string()).nullable()

const run: Run<typeof plugin> = (ctx, { url, key, serdeType, count: atOnce, maxRecords = Number.POSITIVE_INFINITY }) =>
  withRedis(ctx, url, async redis => {
    let count = 0
    async function* lines(): AsyncGenerator<string> {
      while (count < maxRecords) {
        const popped = Popped.parse(await redis.send('LPOP', key, String(Math.min(atOnce, maxRecords - count))))
        if (popped === null) return
        count += popped.length
        yield toLines(popped, serdeType)
      }
    }
    const uri = await ctx.storage.put('elements.ion', Readable.from(lines()))
    return { uri, count }
  })

export default run
