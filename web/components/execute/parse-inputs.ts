import { type Input, Inputs } from '#language/inputs/input'
import type { JsonObject } from '#language/json'

/** The inputs of a saved flow; saved means checked, so that one that doesn't parse is of a newer server and left out. */
export function parseInputs(inputs: JsonObject[]): Input[] {
  return inputs.flatMap(input => {
    const parsed = Inputs.safeParse([input])
    return parsed.success ? parsed.data : []
  })
}
