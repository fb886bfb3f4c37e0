import { isJsonObject, type Json, type JsonObject } from '#language/json'

/** What the row of a polling trigger remembers. */
export type PollState = {
  /**
   * Counts what was kept of polls. A poll that is cut off is made again under the same number, so that its files lie
   * where the first ones were put, and the execution has the same id.
   */
  sequence: number
  /** The plugin's own. */
  memory: JsonObject
  /** What is to be done in the world before the next poll. */
  unsettled?: JsonObject
}

/** A trigger that begins anew counts from the present, so that no number stands for two polls. */
export function readPollState(state: Json, now = new Date()): PollState {
  const { sequence, memory, unsettled } = isJsonObject(state) ? state : {}
  return {
    sequence: typeof sequence === 'number' ? sequence : now.getTime(),
    memory: isJsonObject(memory) ? memory : {},
    ...(isJsonObject(unsettled) ? { unsettled } : {}),
  }
}
