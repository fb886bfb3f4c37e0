import { z } from 'zod'
import type { ExecutionRef } from '#db/record-execution'
import { renderDeep } from '#language/expressions/index'
import { ExpressionError, PendingCall } from '#language/expressions/types'
import { Input, resolveInputs as resolve } from '#language/inputs'
import type { Json, JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type ResolveInputsInput = {
  execution: ExecutionRef
  /** Definitions of inputs, as written. */
  definitions: Json
  given: JsonObject
  scope: JsonObject
}
export type ResolveInputsResult = { inputs: JsonObject } | { failure: string }

export function createResolveInputs(deps: ActivityDependencies) {
  /** Checks what was given for inputs that a running execution asks for (a Pause's). */
  return async function resolveInputs(input: ResolveInputsInput): Promise<ResolveInputsResult> {
    const definitions = z.array(Input).safeParse(input.definitions)
    if (!definitions.success) return { failure: z.prettifyError(definitions.error) }
    return resolveGiven(deps, definitions.data, input.given, input.scope)
  }
}

/** Parses and checks given inputs; defaults see `scope` and the inputs before them. */
export function resolveGiven(
  deps: ActivityDependencies,
  definitions: readonly Input[],
  given: JsonObject,
  scope: JsonObject,
): ResolveInputsResult {
  const { values, problems } = resolve(definitions, given, {
    render(template, { inputs }) {
      const env = { nowMs: Date.now(), random: Math.random }
      return renderOrExplain(() =>
        renderDeep(template, { ...deps.serverVariables, ...scope, inputs }, env, { typed: true }),
      )
    },
  })
  if (problems.length === 0) return { inputs: values }
  return { failure: problems.map(({ input, message }) => `${input}: ${message}`).join('; ') }
}

function renderOrExplain(render: () => Json): Json {
  try {
    return render()
  } catch (error) {
    if (error instanceof PendingCall) throw new Error(`${error.callName}() can't be used in the default of an input`)
    if (error instanceof ExpressionError) throw new Error(error.message)
    throw error
  }
}
