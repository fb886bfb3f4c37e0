import type { Json, JsonObject } from '#language/json'
import type { PlanOutput } from '#language/plan'
import { failureMessage, isCancellation } from './failure-message'
import { RenderFailure, renderForExecution } from './render'
import { type Task, wait } from './task'
import { setPath } from './tree'
import type { Walk } from './walk'

/** Types whose value is what rendering gives; the others are checked where zod is. */
const plainTypes: ReadonlySet<string> = new Set(['STRING'])

/** Renders the outputs of the flow into the state; FAILED where one can't be. */
export function* renderFlowOutputs(walk: Walk): Task<'SUCCESS' | 'FAILED'> {
  const outputs: JsonObject = {}
  try {
    for (const output of walk.state.input.plan.outputs) {
      const value = yield* renderOutput(walk, output)
      setPath(outputs, output.id.split('.'), value)
    }
  } catch (error) {
    walk.state.log(undefined, 'ERROR', `Failed to render output values: ${failureMessage(error)}`)
    walk.state.touch()
    return 'FAILED'
  }
  walk.state.flowOutputs = outputs
  walk.state.touch()
  return 'SUCCESS'
}

function* renderOutput(walk: Walk, output: PlanOutput): Task<Json> {
  return yield* typedOutput(walk, output, yield* renderValue(walk, output))
}

/** An optional output that can't be rendered has no value. */
function* renderValue(walk: Walk, { id, type, value, required }: PlanOutput): Task<Json> {
  try {
    return yield* renderForExecution(walk, value, { typed: type !== 'STRING' })
  } catch (error) {
    if (required || isCancellation(error)) throw error
    walk.state.log(undefined, 'WARN', `The optional output ${id} has no value: ${failureMessage(error)}`)
    return null
  }
}

/** A rendered output as its type says. */
export function* typedOutput(walk: Walk, output: PlanOutput, value: Json): Task<Json> {
  if (value === null && !output.required) return null
  if (value === null) throw new RenderFailure(`The output ${output.id} has no value`)
  if (plainTypes.has(output.type)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const parsed = yield* wait(walk.host.quick.parseOutput({ output, value }))
  if ('failure' in parsed) throw new RenderFailure(parsed.failure)
  return parsed.value
}
