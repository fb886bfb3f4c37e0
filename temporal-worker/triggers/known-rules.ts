import type { Catalog } from '#language/catalog'
import type { JsonObject } from '#language/json'
import { type FollowRule, followRule } from '#language/triggers/followed'

/** A trigger that follows executions, read from its JSON; without a rule it is not valid. */
export type KnownTrigger = { definition: JsonObject; rule: FollowRule | undefined; asksForTaskRuns: boolean }

/** Each execution asks for the same few triggers, and to read one costs more than to ask its conditions. */
const known = new Map<string, KnownTrigger>()
const mostKnown = 2000

export function readTrigger(catalog: Catalog, text: string): KnownTrigger {
  const found = known.get(text)
  if (found !== undefined) return found
  const definition = JSON.parse(text) as JsonObject
  const asksForTaskRuns = readsOutputs.test(text) || text.includes('HasRetryAttempt')
  const read = { definition, rule: followRule(catalog, definition), asksForTaskRuns }
  if (known.size >= mostKnown) known.clear()
  known.set(text, read)
  return read
}

/** `outputs.task.name`, and not `trigger.outputs`. */
const readsOutputs = /(?<![\w.])outputs\s*[.[]/
