import { placeFlow } from '#catalog/blueprints/place-flow'
import type { JsonObject } from '#language/json'
import type { Scope } from '../access/tenant-scope'
import { fillBlueprint } from './check-blueprint'
import { getBlueprint } from './get-blueprint'

export type UseBlueprint = {
  id: string
  arguments: JsonObject
  /** Where the flow is to lie, and its id; as the blueprint says where absent. */
  namespace?: string | undefined
  flowId?: string | undefined
}

/** The text of a flow, made of a blueprint; nothing is saved. */
export async function fillFlow(
  scope: Scope,
  { id, arguments: given, ...place }: UseBlueprint,
): Promise<{ source: string }> {
  const blueprint = await getBlueprint(scope, { id })
  const source = fillBlueprint(blueprint, given)
  return { source: placeFlow(source, { namespace: place.namespace, id: place.flowId }) }
}
