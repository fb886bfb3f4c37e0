import { type InputType, inputTypes, parseByType } from '#language/inputs'
import type { Json } from '#language/json'
import type { PlanOutput } from '#language/plan'

export type ParseOutputResult = { value: Json } | { failure: string }

export function createParseOutput() {
  /** Reads a rendered output of a flow as its type says. */
  return async function parseOutput(input: { output: PlanOutput; value: Json }): Promise<ParseOutputResult> {
    const { output, value } = input
    if (!isInputType(output.type)) return { failure: `The output ${output.id} has no known type: ${output.type}` }
    const parsed = parseByType(output.type, value)
    return parsed.ok ? { value: parsed.value } : { failure: `Invalid output ${output.id}: ${parsed.message}` }
  }
}

function isInputType(type: string): type is InputType {
  return (inputTypes as readonly string[]).includes(type)
}
