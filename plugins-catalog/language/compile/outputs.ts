import type { Output } from '../flow'
import type { PlanOutput } from '../plan'
import { rendered } from './rendered'

/** A declared output of a flow, or of the iterations of a Loop. */
export function compileOutput(output: Output): PlanOutput {
  return {
    id: output.id,
    type: output.type,
    ...(output.itemType === undefined ? {} : { itemType: output.itemType }),
    value: rendered(output.value),
    required: output.required,
  }
}
