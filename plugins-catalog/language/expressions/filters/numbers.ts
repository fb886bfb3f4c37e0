import type { Filter } from '../callable'
import { Complaint } from '../errors'
import { javaText, typeName } from '../values'
import { textArgument, textInput } from './arguments'
import { formatNumber } from './number-format'

const longestNumber = 400
const integerTypes = ['INT', 'LONG', 'BIGINTEGER']
const numberTypes = [...integerTypes, 'FLOAT', 'DOUBLE', 'BIGDECIMAL']

export const numberFilters = {
  abs: {
    description: 'The number without its sign.',
    example: '{{ -7 | abs }} -> 7',
    apply: input => (input === null ? null : Math.abs(numberInput(input, 'abs'))),
  },
  number: {
    parameters: ['type?'],
    description: `A text as a number: ${numberTypes.join(', ')}, or by its looks.`,
    example: '{{ ("12" | number) + 1 }} -> 13',
    apply: (input, args) => {
      if (input === null) return null
      if (typeof input !== 'string')
        throw new Complaint(`'number' filter can only be applied to String. Actual type was: ${typeName(input)}`)
      return parseNumber(input, textArgument(args, 'type', ''))
    },
  },
  numberFormat: {
    parameters: ['format?'],
    description: 'A number by a pattern: `0` a digit, `#` a digit that may be left out, `,` groups, `.` the point.',
    example: '{{ 1234.5 | numberFormat("#,##0.00") }} -> 1,234.50',
    apply: (input, args) =>
      input === null
        ? null
        : formatNumber(numberInput(input, 'numberFormat'), textArgument(args, 'format', '#,##0.###')),
  },
  string: {
    description: 'A value as text.',
    example: '{{ 12 | string }} -> 12',
    apply: (input, _args, { budget }) => (input === null ? null : javaText(input, budget)),
  },
  className: {
    description: 'The type of a value, for debugging.',
    example: '{{ 12 | className }} -> java.lang.Integer',
    apply: input => className(input),
  },
} satisfies Record<string, Filter>

function numberInput(input: Parameters<Filter['apply']>[0], filter: string): number {
  const value = typeof input === 'number' ? input : Number.NaN
  if (Number.isNaN(value)) throw new Complaint(`\`${filter}\` takes a number, not ${typeName(input)}`)
  return value
}

function parseNumber(input: string, type: string): number {
  if (type !== '' && !numberTypes.includes(type))
    throw new Complaint(`\`number\` knows the types ${numberTypes.join(', ')}, not ${type}`)
  if (input.length > longestNumber) throw new Complaint(`A number of more than ${longestNumber} characters`)
  const text = textInput(input, 'number').replace(/^([-+]?[\d.]+)[lLfFdD]$/, type === '' ? '$1' : '$&')
  const pattern = integerTypes.includes(type)
    ? /^[-+]?(\d+|0[xX][\dA-Fa-f]+)$/
    : /^[-+]?(\d+\.?\d*|\.\d+|0[xX][\dA-Fa-f]+)([eE][-+]?\d+)?$/
  if (!pattern.test(text)) throw new Complaint(`"${input}" is not a valid number`)
  return Number(text)
}

function className(input: Parameters<Filter['apply']>[0]): string {
  if (input === null) return 'null'
  if (typeof input === 'string') return 'java.lang.String'
  if (typeof input === 'boolean') return 'java.lang.Boolean'
  if (typeof input === 'number') return `java.lang.${Number.isInteger(input) ? 'Integer' : 'Double'}`
  return Array.isArray(input) ? 'java.util.ArrayList' : 'java.util.LinkedHashMap'
}
