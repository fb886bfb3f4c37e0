import { parseDuration } from '../durations'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

/** Waiting fits into its limits: Kestra refuses a retry that could never be made. */
export const checkRetries: Check = ({ flow, tasks }) => [
  ...checkRetry(flow.retry, ['retry']),
  ...tasks.flatMap(({ task, path }) => checkRetry(task.retry, [...path, 'retry'])),
]

/** Of each kind of retry: what must be shorter than what. */
const order: { readonly [type: string]: readonly (readonly [shorter: string, longer: string])[] } = {
  constant: [['interval', 'maxDuration']],
  exponential: [
    ['interval', 'maxInterval'],
    ['interval', 'maxDuration'],
  ],
  random: [
    ['minInterval', 'maxInterval'],
    ['minInterval', 'maxDuration'],
    ['maxInterval', 'maxDuration'],
  ],
}

function checkRetry(retry: Json | undefined, path: Path): Problem[] {
  if (!isJsonObject(retry)) return []
  const pairs = typeof retry.type === 'string' && Object.hasOwn(order, retry.type) ? order[retry.type]! : []
  return pairs.flatMap(([shorter, longer]) => checkPair(retry, shorter, longer, path))
}

function checkPair(retry: JsonObject, shorter: string, longer: string, path: Path): Problem[] {
  const [less, more] = [parseDuration(retry[shorter]), parseDuration(retry[longer])]
  if (less === null || more === null || less < more) return []
  const message = `"${shorter}" (${retry[shorter]}) must be shorter than "${longer}" (${retry[longer]})`
  return [{ code: 'INVALID_VALUE', message, path: [...path, shorter] }]
}
