import { type Run, TaskError } from '#language/define-plugin'
import { withRedis } from '../../shared/connect'
import type plugin from './plugin'

const run: Run<typeof plugin> = (ctx, { url, keys, failedOnMissing }) =>
  withRedis(ctx, url, async redis => {
    const count = keys.length === 0 ? 0 : Number(await redis.send('DEL', ...keys))
    if (failedOnMissing && count < keys.length) {
      throw new TaskError(`${keys.length - count} of the keys ${keys.join(', ')} were not in Redis`)
    }
    return { count }
  })

export default run
