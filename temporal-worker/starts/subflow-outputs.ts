import { type Flow, Output } from '#language/flow'
import type { JsonObject } from '#language/json'

/**
 * Before flows had outputs of their own, a Subflow task said what it takes from the execution that it waits for. Such
 * expressions see that execution's variables, so it renders them at its end; outputs of its own flow win.
 */
export function withOutputs(flow: Flow, wanted: JsonObject | undefined): Flow {
  if (wanted === undefined || flow.outputs.length > 0) return flow
  const outputs = Object.entries(wanted).map(([id, value]) =>
    Output.parse({ id, type: typeof value === 'string' ? 'STRING' : 'JSON', value }),
  )
  return { ...flow, outputs }
}
