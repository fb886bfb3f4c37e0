import type { Input } from '#language/inputs/input'
import type { JsonObject } from '#language/json'
import { isTemplate } from '#web/components/execute/input-values'

/**
 * The inputs that a backfill's form asks for: with the trigger's own values first. What the trigger makes of each date
 * is left to it, and a file can't be given to executions that begin later.
 */
export function askedInputs(inputs: Input[], ofTrigger: JsonObject): Input[] {
  return inputs
    .filter(({ id, type }) => type !== 'FILE' && !isTemplate(ofTrigger[id]))
    .map(input => (ofTrigger[input.id] === undefined ? input : ({ ...input, defaults: ofTrigger[input.id] } as Input)))
}
