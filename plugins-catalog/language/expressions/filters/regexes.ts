import { RE2JS } from 're2js'
import type { Filter } from '../callable'
import { Complaint } from '../errors'
import type { Budget } from '../limits'
import { isJsonObject, javaText, typeName } from '../values'
import { booleanArgument, integerArgument, mapTexts, textArgument, textInput } from './arguments'

const longestPattern = 1_000
/** The time to match is bounded by the text's length times the expression's states. */
const statesPerStep = 512
const mostStates = 5_000

export const regexFilters = {
  regexExtract: {
    parameters: ['regex', 'group?'],
    description: 'The first part of a text that matches, or one of its groups; null where nothing does.',
    example: String.raw`{{ "order-12-done" | regexExtract('\d+') }} -> 12`,
    apply: (input, args, { budget }) => {
      if (input === null) return null
      const text = textInput(input, 'regexExtract')
      const matcher = compile(textArgument(args, 'regex'), text, budget).matcher(text)
      if (!matcher.find()) return null
      const group = integerArgument(args, 'group', 0)
      if (group < 0 || group > matcher.groupCount()) throw new Complaint(`No group ${group}`)
      return matcher.group(group)
    },
  },
  regexMatch: {
    parameters: ['regex'],
    description: 'Whether a part of the text matches.',
    example: String.raw`{{ "a1" | regexMatch('\d') }} -> true`,
    apply: (input, args, { budget }) => {
      if (input === null) return false
      const text = textInput(input, 'regexMatch')
      return compile(textArgument(args, 'regex'), text, budget).matcher(text).find()
    },
  },
  regexReplace: {
    parameters: ['regex', 'replacement'],
    description: 'Replaces every part that matches; `$1` is the first group.',
    example: String.raw`{{ "a1b2" | regexReplace('\d', '-') }} -> a-b-`,
    apply: (input, args, { budget }) =>
      input === null
        ? null
        : replaceAll(
            textInput(input, 'regexReplace'),
            textArgument(args, 'regex'),
            textArgument(args, 'replacement'),
            budget,
          ),
  },
  replace: {
    parameters: ['replace_pairs', 'regexp?'],
    description: 'Replaces texts, in order, in all texts of a value; `regexp=true` makes the keys regular expressions.',
    example: "{{ \"I like apples\" | replace({'like': 'eat', 'apples': 'pears'}) }} -> I eat pears",
    apply: (input, args, { budget }) => {
      const pairs = args.get('replace_pairs') ?? null
      if (!isJsonObject(pairs))
        throw new Complaint(`The argument \`replace_pairs\` must be a map, not ${typeName(pairs)}`)
      const isRegexp = booleanArgument(args, 'regexp', false)
      const replace = isRegexp ? replaceAll : replacePlain
      return mapTexts(input, budget, text =>
        Object.entries(pairs).reduce((result, [from, to]) => replace(result, from, javaText(to, budget), budget), text),
      )
    },
  },
  split: {
    parameters: ['delimiter', 'limit?'],
    description: 'The parts of a text between delimiters, which are a regular expression.',
    example: '{{ "a,b" | split(",") }} -> ["a","b"]',
    apply: (input, args, { budget }) => {
      if (input === null) return null
      const text = textInput(input, 'split')
      const parts = compile(textArgument(args, 'delimiter'), text, budget).split(
        text,
        integerArgument(args, 'limit', 0),
      )
      budget.items(parts.length)
      return parts
    },
  },
} satisfies Record<string, Filter>

function compile(pattern: string, text: string, budget: Budget): RE2JS {
  if (pattern.length > longestPattern)
    throw new Complaint(`A regular expression of more than ${longestPattern} characters`)
  const regex = parseRegex(pattern)
  const states = regex.programSize()
  if (states > mostStates) throw new Complaint(`The regular expression "${pattern}" is too large`)
  budget.spend(10 + states / 10 + (text.length * states) / statesPerStep)
  return regex
}

function parseRegex(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new Complaint(
      `"${pattern}" is not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function replaceAll(text: string, pattern: string, replacement: string, budget: Budget): string {
  const matcher = compile(pattern, text, budget).matcher(text)
  const parts = readReplacement(replacement, matcher.groupCount())
  const pieces: string[] = []
  let length = 0
  let from = 0
  while (matcher.find()) {
    const inserted = parts.map(part => (typeof part === 'string' ? part : (matcher.group(part.group) ?? '')))
    const added = [text.slice(from, matcher.start()), ...inserted]
    for (const piece of added) {
      length += piece.length
      budget.append(piece.length, length)
    }
    pieces.push(...added)
    from = matcher.end()
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}

/** Java's replacements: `$1` or `${name}` is a group, a backslash takes the next character as it is. */
function readReplacement(replacement: string, groupCount: number): (string | { group: number | string })[] {
  return [...replacement.matchAll(/\\(.)|\$(?:(\d)|\{(\w+)\})|([^\\$]+)|(.)/gs)].map(
    ([whole, escaped, digit, name, plain]) => {
      if (plain !== undefined || escaped !== undefined) return plain ?? escaped ?? ''
      if (name !== undefined) return { group: name }
      if (digit === undefined) throw new Complaint(`"${whole}" in the replacement "${replacement}" is no group`)
      if (Number(digit) > groupCount) throw new Complaint(`No group ${digit}`)
      return { group: Number(digit) }
    },
  )
}

function replacePlain(text: string, from: string, to: string, budget: Budget): string {
  const places = from === '' ? text.length + 1 : text.length / from.length
  budget.text(text.length + places * Math.max(0, to.length - from.length))
  return text.replaceAll(from, () => to)
}
