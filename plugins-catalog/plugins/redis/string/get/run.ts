import { type Run, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { withRedis } from '../../shared/connect'
import { fromRedis } from '../../shared/serde'
import type plugin from './plugin'

const run: Run<typeof plugin> = (ctx, { url, key, failedOnMissing, serdeType }) =>
  withRedis(ctx, url, async (redis): Promise<JsonObject> => {
    const value = await redis.send('GET', key)
    if (typeof value === 'string') return { key, data: fromRedis(value, serdeType) }
    if (failedOnMissing) throw new TaskError(`There is no key ${key} in Redis`)
    return { key }
  })

export default run
