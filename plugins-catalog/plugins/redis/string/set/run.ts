import type { z } from 'zod'
import { type Run, TaskError } from '#language/define-plugin'
import { durationMs } from '#language/durations'
import type { JsonObject } from '#language/json'
import { withRedis } from '../../shared/connect'
import { fromRedis, toRedis } from '../../shared/serde'
import type plugin from './plugin'

type Options = NonNullable<z.output<(typeof plugin)['properties']>['options']>

const run: Run<typeof plugin> = (ctx, { url, key, value, get, options = {}, serdeType }) =>
  withRedis(ctx, url, async (redis): Promise<JsonObject> => {
    const words = [...optionWords(options), ...(get ? ['GET'] : [])]
    const reply = await redis.send('SET', key, toRedis(value, serdeType), ...words)
    return get && typeof reply === 'string' ? { oldValue: fromRedis(reply, serdeType) } : {}
  })

function optionWords({ expirationDuration, expirationDate, mustNotExist, mustExist, keepTtl }: Options): string[] {
  return [
    ...(mustNotExist ? ['NX'] : []),
    ...(mustExist ? ['XX'] : []),
    ...(expirationDuration === undefined ? [] : ['PX', String(durationMs(expirationDuration))]),
    ...(expirationDate === undefined ? [] : ['PXAT', String(readDate(expirationDate))]),
    ...(keepTtl ? ['KEEPTTL'] : []),
  ]
}

function readDate(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new TaskError(`options.expirationDate: "${text}" is no date such as 2030-03-31T18:00:00Z`)
  return ms
}

export default run
