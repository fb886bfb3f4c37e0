import { isTimeZone } from '#language/durations'
import type { JsonObject } from '#language/json'

/** The zone of a trigger's dates. */
export function zoneOf({ definition: { timezone } }: { definition: JsonObject }): string {
  return typeof timezone === 'string' && isTimeZone(timezone) ? timezone : 'UTC'
}
