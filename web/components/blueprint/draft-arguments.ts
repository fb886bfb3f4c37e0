import type { JsonObject } from '#language/json'

export const argumentTypes = ['STRING', 'INT', 'FLOAT', 'BOOL', 'SELECT', 'ARRAY', 'DATE'] as const
export type ArgumentType = (typeof argumentTypes)[number]

/** An argument while it is written. `rest` is what the form does not show, and what is kept. */
export type DraftArgument = {
  id: string
  type: ArgumentType
  displayName: string
  /** As text; empty for none. */
  defaults: string
  /** Of a SELECT: apart by commas. */
  values: string
  rest: JsonObject
}

export const newDraft: DraftArgument = { id: '', type: 'STRING', displayName: '', defaults: '', values: '', rest: {} }

export function toDrafts(templateArguments: readonly JsonObject[]): DraftArgument[] {
  return templateArguments.map(({ id, type, displayName, defaults, values, ...rest }) => ({
    id: String(id ?? ''),
    type: argumentTypes.find(known => known === type) ?? 'STRING',
    displayName: typeof displayName === 'string' ? displayName : '',
    defaults: textOf(defaults),
    values: Array.isArray(values) ? values.map(textOf).join(', ') : '',
    rest,
  }))
}

/** As they are saved: in the form of a flow's inputs. Lines without a name are left out. */
export function cleanArguments(drafts: readonly DraftArgument[]): JsonObject[] {
  return drafts
    .filter(({ id }) => id.trim() !== '')
    .map(({ id, type, displayName, defaults, values, rest }) => ({
      id: id.trim(),
      type,
      ...(displayName.trim() !== '' && { displayName: displayName.trim() }),
      ...(type === 'SELECT' && { values: itemsOf(values) }),
      ...(type === 'ARRAY' && { itemType: 'STRING' }),
      ...(defaults.trim() !== '' && { defaults: type === 'ARRAY' ? itemsOf(defaults) : defaults.trim() }),
      ...rest,
    }))
}

function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
