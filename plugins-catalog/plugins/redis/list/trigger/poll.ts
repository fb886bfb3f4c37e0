import { z } from 'zod'
import type { Polling } from '#language/define-plugin'
import { withRedis } from '../../shared/connect'
import { openProcessingList } from '../../shared/processing-list'
import { toLines } from '../../shared/serde'
import type plugin from './plugin'

const Unsettled = z.object({ first: z.string(), count: z.number() })

const polling: Polling<typeof plugin> = {
  poll(ctx, { url, key, serdeType, count, maxRecords = count }) {
    return withRedis(ctx, url, async redis => {
      const { first, elements } = await openProcessingList(redis, ctx, key).take(maxRecords)
      if (elements.length === 0) return {}
      const uri = await ctx.storage.put('elements.ion', toLines(elements, serdeType))
      return { variables: { uri, count: elements.length }, unsettled: { first, count: elements.length } }
    })
  },
  async settle(ctx, { url, key }, unsettled) {
    const { first, count } = Unsettled.parse(unsettled)
    await withRedis(ctx, url, redis => openProcessingList(redis, ctx, key).release(first, count))
  },
}

export default polling
