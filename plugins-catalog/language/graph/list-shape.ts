import type { Catalog } from '../catalog'
import { fieldMeta } from '../check/properties'
import type { PluginDefinition } from '../define-plugin'
import type { FieldMeta } from '../fields'

/** How a property holds tasks: one, a list, a list that a Dag wraps, or lists by name. */
export type ListShape = NonNullable<FieldMeta['tasks']>

export function listShape(definition: PluginDefinition | undefined, property: string): ListShape {
  if (definition === undefined) return property === 'cases' ? 'lists' : 'list'
  return fieldMeta(definition, property)?.tasks ?? 'list'
}

/** Whether a task of this type can't do without the property. */
export function isRequired(definition: PluginDefinition | undefined, property: string): boolean {
  const schema = definition?.properties.shape[property]
  return schema !== undefined && !(schema as { isOptional(): boolean }).isOptional()
}

export function definitionOf(type: unknown, catalog: Catalog): PluginDefinition | undefined {
  return typeof type === 'string' ? catalog.find(type) : undefined
}
