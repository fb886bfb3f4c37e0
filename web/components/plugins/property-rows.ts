import { pluginText } from '#text/plugin'
import type { Field, Shape } from '../no-code/shapes'

/** A line of a table of properties; `depth` counts the properties around it. */
export type PropertyRow = { path: string; depth: number; field: Field; type: string }

const maxDepth = 4

/** Properties with those inside of them, each after what holds it. */
export function propertyRows(fields: Field[], around = '', depth = 0): PropertyRow[] {
  return fields.flatMap(field => {
    const path = around + field.name
    const inner = depth < maxDepth ? innerFields(field.shape) : undefined
    return [
      { path, depth, field, type: nameOf(field.shape) },
      ...(inner ? propertyRows(inner.fields, path + inner.step, depth + 1) : []),
    ]
  })
}

function innerFields(shape: Shape): { fields: Field[]; step: string } | undefined {
  if (shape.kind === 'object') return { fields: shape.fields, step: '.' }
  if (shape.kind === 'list' && shape.item.kind === 'object') return { fields: shape.item.fields, step: '[].' }
  if (shape.kind === 'map' && shape.value.kind === 'object') return { fields: shape.value.fields, step: '.*.' }
  if (shape.kind === 'union') return shape.options.map(({ shape }) => innerFields(shape)).find(Boolean)
  return undefined
}

/** What a value is, in words: `list of text`, `text or map`. */
export function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.format === 'duration' ? pluginText.duration : pluginText.shapes.text
    case 'number':
      return shape.isWhole ? pluginText.wholeNumber : pluginText.shapes.number
    case 'choice':
      return shape.words.join(' | ')
    case 'list':
      return shape.item.kind === 'any' ? pluginText.shapes.list : pluginText.listOf(nameOf(shape.item))
    case 'map':
      return shape.value.kind === 'any' ? pluginText.shapes.map : pluginText.mapOf(nameOf(shape.value))
    case 'union':
      return pluginText.anyOf([
        ...new Set(shape.options.map(({ label, shape, word }) => (word === undefined ? nameOf(shape) : label))),
      ])
    case 'plugin':
      return pluginText.kinds[shape.of]
    default:
      return pluginText.shapes[shape.kind]
  }
}
