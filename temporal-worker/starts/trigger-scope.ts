import { isJsonObject, type Json, type JsonObject, toText } from '#language/json'
import { triggerVariables } from '../workflows/scope'
import { nestByDots } from '../workflows/tree'
import type { FlowRef, LoadedFlow } from './load-flow'

/** What expressions of a trigger see. */
export function triggerScope(options: {
  ref: FlowRef
  loaded: Pick<LoadedFlow, 'flow' | 'plan'>
  type?: Json | undefined
  variables: JsonObject
}): JsonObject {
  const { ref, loaded, type, variables } = options
  const { plan, flow } = loaded
  return {
    flow: { ...plan.flow, tenantId: ref.tenantId },
    labels: nestByDots(flow.labels.map(({ key, value }) => [key, value] as const)),
    vars: plan.variables,
    ...(plan.namespaceVariables === undefined ? {} : { namespace: plan.namespaceVariables }),
    ...triggerVariables(toText(type), variables),
    ...(isJsonObject(variables.outputs) ? { outputs: variables.outputs } : {}),
  }
}
