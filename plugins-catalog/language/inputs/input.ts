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

export const Input = z.preprocess(
  value => renameKeys({ name: 'id' })(renameOptions(value)),
  z.discriminatedUnion('type', [
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
  ]),
)

export type Input = z.output<typeof Input>
export type InputType = Input['type']
/** What one input of a type looks like. @example InputOf<'SELECT'> */
export type InputOf<Type extends InputType> = Extract<Input, { type: Type }>

/** Older names: `options` of a MULTISELECT, `extension` of a FILE. */
function renameOptions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value
  if (value.type === 'MULTISELECT') return renameKeys({ options: 'values' })(value)
  if (value.type !== 'FILE' || !('extension' in value) || 'allowedFileExtensions' in value) return value
  const { extension, ...rest } = value as { extension: Json }
  return { ...rest, allowedFileExtensions: [extension] }
}
