import { isTemplate } from '#language/fields'
import { isJsonObject, type Json } from '#language/json'
import type { Shape } from './shapes'

/** Whether a field of this shape can show a value. What is not written fits everywhere. */
export function fits(shape: Shape, value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  switch (shape.kind) {
    case 'text':
      return typeof value !== 'object'
    case 'choice':
      return typeof value === 'string' && shape.words.some(word => word.toLowerCase() === value.toLowerCase())
    case 'number':
      return (
        typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))
      )
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false'
    case 'list':
    case 'tasks':
      return Array.isArray(value) || (shape.kind === 'tasks' && isJsonObject(value))
    case 'map':
    case 'object':
    case 'plugin':
      return isJsonObject(value)
    case 'union':
      return shape.options.some(option => fits(option.shape, value))
    case 'any':
      return true
  }
}

/** How the value of a field is shown: as its shape says, as an expression instead of it, or as it stands in the text. */
export function lookOf(shape: Shape, value: Json | undefined): 'shape' | 'expression' | 'yaml' {
  if (shape.kind !== 'text' && shape.kind !== 'any' && isTemplate(value))
    return holdsText(shape) ? 'shape' : 'expression'
  return fits(shape, value) ? 'shape' : 'yaml'
}

/** Which of several options a value is of; the first for what is not written. */
export function optionOf(shape: Extract<Shape, { kind: 'union' }>, value: Json | undefined): number {
  if (value === undefined || value === null) return 0
  const word = isJsonObject(value) ? value.type : undefined
  const byWord = shape.options.findIndex(option => option.word !== undefined && option.word === word)
  if (byWord >= 0) return byWord
  const fitting = shape.options.findIndex(option => option.word === undefined && fits(option.shape, value))
  return Math.max(0, fitting)
}

function holdsText(shape: Shape): boolean {
  return shape.kind === 'union' && shape.options.some(option => option.shape.kind === 'text')
}

/** What a new item of a list, or a new value of a map, begins as. */
export function emptyOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'number':
      return 0
    case 'boolean':
      return false
    case 'choice':
      return shape.words[0] ?? ''
    case 'list':
    case 'tasks':
      return []
    case 'map':
    case 'object':
    case 'plugin':
      return Object.fromEntries(requiredOf(shape).map(field => [field.name, emptyOf(field.shape)]))
    case 'union':
      return shape.options[0] === undefined ? '' : emptyOf(shape.options[0].shape)
    case 'text':
    case 'any':
      return ''
  }
}

function requiredOf(shape: Shape) {
  return shape.kind === 'object' ? shape.fields.filter(({ isRequired }) => isRequired) : []
}
