import type { ExecutionRef } from '#db/record-execution'
import type { Flow } from '#language/flow'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type ResolveInputsInput = {
  execution: ExecutionRef
  definitions: JsonObject[]
  given: JsonObject
  scope: JsonObject
}
export type ResolveInputsResult = { inputs: JsonObject } | { failure: string }

export function createResolveInputs(_deps: ActivityDependencies) {
  return async function resolveInputs({ given }: ResolveInputsInput): Promise<ResolveInputsResult> {
    return { inputs: given }
  }
}

export async function resolveFlowInputs(
  _deps: ActivityDependencies,
  _execution: ExecutionRef,
  _flow: Flow,
  given: JsonObject,
): Promise<ResolveInputsResult> {
  return { inputs: given }
}
