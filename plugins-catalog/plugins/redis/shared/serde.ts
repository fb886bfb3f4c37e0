import { TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { formatIon } from '../../../rows/write-ion'
import type { SerdeType } from './properties'

/** What a text in Redis says. */
export function fromRedis(text: string, serdeType: SerdeType): Json {
  if (serdeType === 'STRING') return text
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new TaskError(`This is no JSON, as serdeType says: ${text.slice(0, 200)}`, { cause: error })
  }
}

/** A value as it is kept in Redis. */
export function toRedis(value: Json, serdeType: SerdeType): string {
  if (serdeType === 'JSON') return JSON.stringify(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
}

/** Elements as the lines of an Ion file. */
export function toLines(elements: readonly string[], serdeType: SerdeType): string {
  return elements.map(element => `${formatIon(fromRedis(element, serdeType))}\n`).join('')
}
