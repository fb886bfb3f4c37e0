import type { Json } from '../../json'
import type { Filter } from '../callable'
import { Complaint } from '../errors'
import { integerArgument, mapTexts, textArgument, textInput } from './arguments'

/** A filter on text that leaves null alone. */
function onText(
  documented: Omit<Filter, 'apply'>,
  name: string,
  change: (text: string, ...rest: [Parameters<Filter['apply']>[1], Parameters<Filter['apply']>[2]]) => Json,
): Filter {
  return {
    ...documented,
    apply: (input, args, context) => {
      if (input === null) return null
      const text = textInput(input, name)
      context.budget.text(text.length)
      return change(text, args, context)
    },
  }
}

/** Half of a character: no bytes stand for it. */
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const escapes: Record<string, [string, string]> = {
  single: ["'", "\\'"],
  double: ['"', '\\"'],
  shell: ["'", "'\\''"],
}

export const stringFilters = {
  abbreviate: onText(
    {
      parameters: ['length'],
      description: 'Cuts a long text and ends it with `...`.',
      example: '{{ "abcdefghij" | abbreviate(7) }} -> abcd...',
    },
    'abbreviate',
    (text, args) => abbreviate(text, integerArgument(args, 'length')),
  ),
  capitalize: onText(
    { description: 'Makes the first letter a capital.', example: '{{ "hello world" | capitalize }} -> Hello world' },
    'capitalize',
    text => text.replace(/\S/, letter => letter.toUpperCase()),
  ),
  endsWith: onText(
    {
      parameters: ['value'],
      description: 'Whether the text ends with a value.',
      example: '{{ "abc" | endsWith("bc") }} -> true',
    },
    'endsWith',
    (text, args) => text.endsWith(textArgument(args, 'value')),
  ),
  escapeChar: {
    parameters: ['type'],
    description: 'Escapes quotes in all texts of a value: `single`, `double` or `shell`.',
    example: '{{ "it\'s" | escapeChar("shell") }} -> it\'\\\'\'s',
    apply: (input, args, { budget }) => {
      const quotes = escapes[textArgument(args, 'type').toLowerCase()]
      if (!quotes)
        throw new Complaint(
          "The 'escapeChar' filter expects the value of 'type' to be either 'single', 'double', or 'shell'.",
        )
      return mapTexts(input, budget, text => {
        budget.text(text.length)
        return text.replaceAll(quotes[0], () => quotes[1])
      })
    },
  },
  indent: indenter('indent', 'Indents every line but the first.', '{{ "a\nb" | indent(2) }} -> a\n  b'),
  lower: onText({ description: 'Lower case.', example: '{{ "ABC" | lower }} -> abc' }, 'lower', text =>
    text.toLowerCase(),
  ),
  nindent: indenter('nindent', 'Starts a new line and indents every line.', '{{ "a\nb" | nindent(2) }} -> \n  a\n  b'),
  nl2br: onText(
    { description: 'Line ends become `<br />`.', example: '{{ "a\nb" | nl2br }} -> a<br />b' },
    'nl2br',
    text => text.replaceAll(/\r\n|\n/g, '<br />'),
  ),
  slugify: onText(
    {
      description: 'Letters, digits and dashes only, as in a URL.',
      example: '{{ "Héllo, World!" | slugify }} -> hello-world',
    },
    'slugify',
    slugify,
  ),
  startsWith: onText(
    {
      parameters: ['value'],
      description: 'Whether the text begins with a value.',
      example: '{{ "abc" | startsWith("ab") }} -> true',
    },
    'startsWith',
    (text, args) => text.startsWith(textArgument(args, 'value')),
  ),
  substringAfter: cutter(
    'substringAfter',
    'What follows the first separator.',
    '{{ "a.b.c" | substringAfter(".") }} -> b.c',
    (text, separator) => {
      const index = text.indexOf(separator)
      return index < 0 ? '' : text.slice(index + separator.length)
    },
  ),
  substringAfterLast: cutter(
    'substringAfterLast',
    'What follows the last separator.',
    '{{ "a.b.c" | substringAfterLast(".") }} -> c',
    (text, separator) => {
      const index = text.lastIndexOf(separator)
      return index < 0 || separator === '' ? '' : text.slice(index + separator.length)
    },
  ),
  substringBefore: cutter(
    'substringBefore',
    'What precedes the first separator.',
    '{{ "a.b.c" | substringBefore(".") }} -> a',
    (text, separator) => {
      const index = text.indexOf(separator)
      return index < 0 ? text : text.slice(0, index)
    },
  ),
  substringBeforeLast: cutter(
    'substringBeforeLast',
    'What precedes the last separator.',
    '{{ "a.b.c" | substringBeforeLast(".") }} -> a.b',
    (text, separator) => {
      const index = text.lastIndexOf(separator)
      return index < 0 || separator === '' ? text : text.slice(0, index)
    },
  ),
  title: onText(
    {
      description: 'Makes the first letter of every word a capital.',
      example: '{{ "hello world" | title }} -> Hello World',
    },
    'title',
    text => text.replaceAll(/(^|\s)(\S)/g, (_match, gap: string, letter: string) => gap + letter.toUpperCase()),
  ),
  trim: onText(
    { description: 'Removes white space around the text.', example: '{{ "  a  " | trim }} -> a' },
    'trim',
    text => text.trim(),
  ),
  upper: onText({ description: 'Upper case.', example: '{{ "abc" | upper }} -> ABC' }, 'upper', text =>
    text.toUpperCase(),
  ),
  urldecode: onText(
    { description: 'Decodes a part of a URL.', example: '{{ "a%20b+c" | urldecode }} -> a b c' },
    'urldecode',
    text => {
      try {
        return decodeURIComponent(text.replaceAll('+', ' '))
      } catch {
        throw new Complaint('`urldecode` takes a text with whole `%xx` pairs')
      }
    },
  ),
  urlencode: onText(
    { description: 'Encodes a part of a URL.', example: '{{ "a b&c" | urlencode }} -> a+b%26c' },
    'urlencode',
    urlEncode,
  ),
} satisfies Record<string, Filter>

function indenter(name: 'indent' | 'nindent', description: string, example: string): Filter {
  return onText({ parameters: ['amount', 'prefix?'], description, example }, name, (text, args, { budget }) => {
    if (text === '') return ''
    const amount = integerArgument(args, 'amount')
    if (amount < 0) throw new Complaint(`The '${name}' filter expects a positive integer >=0 as argument 'amount'.`)
    const prefix = textArgument(args, 'prefix', ' ')
    const lineEnd = ['\r\n', '\n\r', '\n', '\r'].find(end => text.includes(end)) ?? '\n'
    const whole = name === 'nindent' ? lineEnd + text : text
    const lines = whole.split(lineEnd)
    budget.text(prefix.length * amount)
    budget.text(whole.length + (lines.length - 1) * prefix.length * amount)
    return lines.join(lineEnd + prefix.repeat(amount))
  })
}

function cutter(
  name: string,
  description: string,
  example: string,
  cut: (text: string, separator: string) => string,
): Filter {
  return onText({ parameters: ['separator'], description, example }, name, (text, args) =>
    cut(text, textArgument(args, 'separator')),
  )
}

function abbreviate(text: string, length: number): string {
  if (length < 0) throw new Complaint('Invalid argument to abbreviate filter; must be greater than zero')
  if (text.length < length || text.length <= 3) return text
  return length <= 3 ? text.slice(0, length) : `${text.slice(0, length - 3)}...`
}

/** As Java's URLEncoder: letters, digits and `.-*_` stay, a space is `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.replaceAll(loneSurrogate, '?'))
    .replaceAll(/[!'()~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** `Héllo, World!` -> `hello-world` */
export function slugify(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\s/g, '-')
    .replaceAll(/[^\w-]/g, '')
    .replaceAll('_', '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()
}
