import type { PluginDefinition } from '../define-plugin'
import type { Trigger } from '../flow'
import type { ScheduleDates } from './evaluate-schedule'

/** The dates of a trigger as written in a valid flow; undefined where it has none. */
export function datesOfTrigger(plugin: PluginDefinition, trigger: Trigger): ScheduleDates | undefined {
  if (plugin.dates === undefined) return undefined
  const properties = plugin.properties.safeParse(trigger)
  return properties.success ? plugin.dates(properties.data) : undefined
}
