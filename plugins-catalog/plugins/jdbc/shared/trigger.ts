import type { Polled } from '#language/define-plugin'
import { duration } from '#language/fields'
import type { JsonObject } from '#language/json'
import { type FetchProperties, type FetchType, readFetchType } from './properties'

export const triggerProperties = {
  interval: duration().default('PT60S').meta({ description: 'From one query to the next.' }),
}

/** Rows that nobody asked for would be lost, so a trigger fetches where nothing else is said. */
export function readTriggerFetchType(properties: FetchProperties): FetchType {
  const fetchType = readFetchType(properties)
  return fetchType === 'NONE' ? 'FETCH' : fetchType
}

/** A query without rows starts nothing. */
export function toPolled(result: JsonObject): Polled {
  return Number(result.size ?? 0) > 0 ? { variables: result } : {}
}
