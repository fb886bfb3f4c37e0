import type { Json } from '#language/json'
import type { PlanOutput } from '#language/plan'

export type ParseOutputResult = { value: Json } | { failure: string }

export function createParseOutput() {
  /** Reads a rendered output of a flow as its type says. */
  return async function parseOutput({ value }: { output: PlanOutput; value: Json }): Promise<ParseOutputResult> {
    return { value }
  }
}
