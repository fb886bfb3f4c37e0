import { renderDeep } from '#language/expressions/index'
import { type InputPreview, previewInputs as preview } from '#language/inputs'
import type { Json, JsonObject } from '#language/json'
import type { Scope } from '../access/tenant-scope'
import type { FlowKey } from '../flows/stored-flow'
import { loadStartable } from './start-execution'

/**
 * How the inputs of a flow stand while its form is filled in: which are asked for, their choices, their defaults. The
 * rules are those of a start, but nothing is looked up: a default that needs a secret is not told.
 */
export async function previewInputs(
  scope: Scope,
  options: FlowKey & { revision?: number; inputs: JsonObject },
): Promise<InputPreview[]> {
  const { flow } = await loadStartable(scope, options)
  const { namespace, id, variables: vars } = flow
  const env = { nowMs: Date.now(), random: Math.random, call: refuseCall }
  return preview(flow.inputs, options.inputs, {
    render: (template, { inputs }) =>
      renderDeep(template, { inputs, vars, flow: { id, namespace } }, env, { typed: true }),
  })
}

function refuseCall(name: string): Json {
  throw new Error(`${name}() is asked when the execution starts`)
}
