import type { Realtime, RealtimeEvent } from '#language/define-plugin'
import { withRedis } from '../../shared/connect'
import { openProcessingList } from '../../shared/processing-list'
import type { SerdeType } from '../../shared/properties'
import { fromRedis } from '../../shared/serde'
import type plugin from './plugin'

/** So many elements are taken at once: each costs a transaction, and those that a lost worker had are asked for again. */
const batch = 50

/** How long a wait for the next element lasts before it begins anew. */
const waitSeconds = 5

const realtime: Realtime<typeof plugin> = {
  listen(ctx, { url, key, serdeType }) {
    return withRedis(ctx, url, async redis => {
      const list = openProcessingList(redis, ctx, key)
      while (!ctx.signal.aborted) {
        const { first, elements } = await list.take(batch)
        for (const [index, element] of elements.entries()) {
          ctx.signal.throwIfAborted()
          await ctx.emit(toEvent(`${key} ${BigInt(first) + BigInt(index)}`, element, serdeType))
        }
        if (elements.length > 0) await list.release(first, elements.length)
        else await list.wait(waitSeconds)
      }
    })
  },
}

function toEvent(id: string, element: string, serdeType: SerdeType): RealtimeEvent {
  try {
    return { id, variables: { value: fromRedis(element, serdeType) } }
  } catch (error) {
    return { id, variables: { value: element }, failure: (error as Error).message }
  }
}

export default realtime
