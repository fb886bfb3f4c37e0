/** What a flow asks of who starts it: one schema per type of input. */
import { z } from 'zod'
import { anyJson, bool, duration, float, int, oneOf, text } from '../fields'
import type { Json } from '../json'
import { renameKeys } from '../rename-keys'

const scalarTypes = [
  'STRING',
  'INT',
  'FLOAT',
  'BOOL',
  'BOOLEAN',
  'DATETIME',
  'DATE',
  'TIME',
  'DURATION',
  'FILE',
  'JSON',
  'YAML',
  'URI',
  'EMAIL',
] as const
export const inputTypes = [...scalarTypes, 'SECRET', 'SELECT', 'ENUM', 'MULTISELECT', 'ARRAY'] as const

/** Types an element of a list may have. */
const itemTypes = scalarTypes

const common = {
  id: z
    .string()
    .regex(/^[a-zA-Z0-9][.a-zA-Z0-9_-]*$/, 'an input id starts with a letter or digit; then letters, digits, . _ -'),
  description: text().optional(),
  displayName: text().optional(),
  required: bool().default(true),
  defaults: anyJson().optional(),
  prefill: anyJson().optional(),
  dependsOn: z.strictObject({ inputs: z.array(z.string()).min(1), condition: text().optional() }).optional(),
}

const choices = {
  values: z.array(z.union([text(), z.strictObject({ label: text(), value: text() })])).optional(),
  expression: text().optional(),
  allowCustomValue: bool().default(false),
  autoSelectFirst: bool().default(false),
}

const bounds = { after: text().optional(), before: text().optional() }

function input<Type extends string, Own extends z.ZodRawShape>(type: Type, own: Own) {
  return z.strictObject({ type: z.literal(type), ...common, ...own })
}

const types = [
  input('STRING', { validator: text().optional() }),
  input('SECRET', { validator: text().optional() }),
  input('INT', { min: int().optional(), max: int().optional() }),
  input('FLOAT', { min: float().optional(), max: float().optional() }),
  input('BOOL', {}),
  input('BOOLEAN', {}),
  input('SELECT', { ...choices, isRadio: bool().default(false) }),
  input('ENUM', { values: z.array(text()).min(1) }),
  input('MULTISELECT', { ...choices, itemType: oneOf(itemTypes).default('STRING') }),
  input('ARRAY', { itemType: oneOf(itemTypes) }),
  input('DATETIME', bounds),
  input('DATE', bounds),
  input('TIME', bounds),
  input('DURATION', { min: duration().optional(), max: duration().optional() }),
  input('FILE', { allowedFileExtensions: z.array(text()).optional() }),
  input('JSON', {}),
  input('YAML', {}),
  input('URI', {}),
  input('EMAIL', {}),
] as const

/** One value asked for. `form` is there where a form holds it; its id then starts with that of the form. */
export const Input = z.preprocess(renameOld, z.discriminatedUnion('type', types))

export type Input = z.output<typeof Input> & { form?: FormPlace }

/** The form of Kestra 2 that holds an input. */
export type FormPlace = Pick<z.output<typeof FormInput>, 'id' | 'displayName' | 'description' | 'dependsOn'>

const FormInput = z.strictObject({
  type: z.literal('FORM'),
  id: common.id,
  description: common.description,
  displayName: common.displayName,
  dependsOn: common.dependsOn,
  required: bool().optional(),
  inputs: z.array(Input).min(1, 'a form needs at least one input'),
})

/**
 * The inputs of a flow, in order. Those that a FORM holds take its place and are called `<form>.<input>`, which is how
 * templates, triggers and callers name them.
 */
export const Inputs = z
  .array(z.preprocess(renameOld, z.discriminatedUnion('type', [...types, FormInput])))
  .transform(inputs => inputs.flatMap(withoutForm))

function withoutForm(input: z.output<typeof FormInput> | z.output<typeof Input>): Input[] {
  if (input.type !== 'FORM') return [input]
  const { id, displayName, description, dependsOn } = input
  const form = { id, displayName, description, dependsOn }
  return input.inputs.map(child => ({ ...child, id: `${id}.${child.id}`, form }))
}

export type InputType = Input['type']
/** What one input of a type looks like. @example InputOf<'SELECT'> */
export type InputOf<Type extends InputType> = Extract<Input, { type: Type }>

function renameOld(value: unknown): unknown {
  return renameKeys({ name: 'id' })(renameOptions(value))
}

/** Older names: `options` of a MULTISELECT, `extension` of a FILE. */
function renameOptions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value
  if (value.type === 'MULTISELECT') return renameKeys({ options: 'values' })(value)
  if (value.type !== 'FILE' || !('extension' in value) || 'allowedFileExtensions' in value) return value
  const { extension, ...rest } = value as { extension: Json }
  return { ...rest, allowedFileExtensions: [extension] }
}
