import { executionText } from '#text/execution'
import type { QueuePlace } from '#web/server/executions/queue-places'

type Place = Pick<QueuePlace, 'position' | 'waiting' | 'limit' | 'planLimit' | 'waitsSince'>

/** `3rd of 12 in the queue, limit 3` */
export function placeText({ position, waiting, limit, planLimit, waitsSince }: Place): string {
  if (position === undefined) return executionText.dueOn(new Date(waitsSince).toLocaleString())
  if (planLimit !== undefined) return executionText.waitsForThePlan(planLimit)
  const of = waiting > 1 ? executionText.placeInTheQueue(ordinal(position), waiting) : executionText.nextInTheQueue
  return limit === undefined ? of : executionText.withLimit(of, limit)
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

function ordinal(position: number): string {
  return `${position}${endings[ordinals.select(position)] ?? 'th'}`
}
