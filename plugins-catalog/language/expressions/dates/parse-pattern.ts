import { Info } from 'luxon'
import { RE2JS } from 're2js'
import { Complaint } from '../errors'
import { type DateFields, offsetMinutes } from './fields'
import { type PatternPart, readPattern } from './pattern'

/** What is known of a date while it is read. */
type Draft = Partial<DateFields> & { hour12?: number; isAfternoon?: boolean }

type LetterParser = { expression(count: number): string; read(text: string, count: number): Draft }

const longestText = 400

const months = [Info.months('short', { locale: 'en-US' }), Info.months('long', { locale: 'en-US' })]

const letters: Record<string, LetterParser> = {
  y: yearParser(),
  u: yearParser(),
  M: { expression: count => (count > 2 ? '[A-Za-z]+\\.?' : digits(count)), read: readMonth },
  L: { expression: count => (count > 2 ? '[A-Za-z]+\\.?' : digits(count)), read: readMonth },
  d: number('day'),
  D: {
    expression: count => (count === 3 ? '\\d{3}' : '\\d{1,3}'),
    read: text => ({ ordinal: Number(text) }),
  },
  H: number('hour'),
  k: { expression: digits, read: text => ({ hour: Number(text) % 24 }) },
  h: { expression: digits, read: text => ({ hour12: Number(text) % 12 }) },
  K: { expression: digits, read: text => ({ hour12: Number(text) }) },
  m: number('minute'),
  s: number('second'),
  S: {
    expression: count => `\\d{${count}}`,
    read: text => ({ nano: Number(text.padEnd(9, '0').slice(0, 9)) }),
  },
  n: { expression: () => '\\d{1,9}', read: text => ({ nano: Number(text) }) },
  a: { expression: () => '[AaPp]\\.?[Mm]\\.?', read: text => ({ isAfternoon: /^p/i.test(text) }) },
  E: { expression: () => '[A-Za-z]+', read: () => ({}) },
  X: offsetParser('Z|'),
  x: offsetParser(''),
  Z: offsetParser('Z|GMT|'),
  O: {
    expression: () => 'GMT(?:[+-]\\d{1,2}(?::?\\d{2})?)?',
    read: text => ({ zone: text === 'GMT' ? 0 : text }),
  },
  V: { expression: () => '[A-Za-z0-9_/+:-]+', read: text => ({ zone: text }) },
  z: { expression: () => '[A-Za-z0-9_/+:-]+', read: text => ({ zone: text }) },
}

/** Reads a date by a Java pattern. The expression is matched in linear time, whatever the pattern. */
export function parsePattern(text: string, pattern: string): DateFields {
  if (text.length > longestText) throw new Complaint(`A date of more than ${longestText} characters`)
  const found: { letter: string; count: number }[] = []
  const expression = toExpression(readPattern(pattern), found)
  const matcher = RE2JS.compile(`^(?:${expression})$`).matcher(text)
  if (!matcher.find()) throw new Complaint(`Text '${text}' could not be parsed by the pattern '${pattern}'`)
  const draft: Draft = {}
  for (const [index, { letter, count }] of found.entries()) {
    const part = matcher.group(index + 1)
    if (part) Object.assign(draft, letters[letter]!.read(part, count))
  }
  return complete(draft, text, pattern)
}

function toExpression(parts: PatternPart[], found: { letter: string; count: number }[]): string {
  return parts
    .map(part => {
      if ('literal' in part) return RE2JS.quote(part.literal)
      if ('optional' in part) return `(?:${toExpression(part.optional, found)})?`
      const parser = Object.hasOwn(letters, part.letter) ? letters[part.letter] : undefined
      if (!parser) throw new Complaint(`Unknown pattern letter: ${part.letter}`)
      found.push(part)
      return `(${parser.expression(part.count)})`
    })
    .join('')
}

function complete(draft: Draft, text: string, pattern: string): DateFields {
  const { hour12, isAfternoon, ...fields } = draft
  const hasDay = fields.ordinal !== undefined || (fields.month !== undefined && fields.day !== undefined)
  if (fields.year === undefined || !hasDay)
    throw new Complaint(`Text '${text}' read by '${pattern}' gives no whole date`)
  const hour = fields.hour ?? (hour12 === undefined ? 0 : hour12 + (isAfternoon ? 12 : 0))
  return { month: 1, day: 1, minute: 0, second: 0, nano: 0, ...fields, year: fields.year, hour }
}

function digits(count: number): string {
  return count === 2 ? '\\d{2}' : '\\d{1,2}'
}

function number(field: 'day' | 'hour' | 'minute' | 'second'): LetterParser {
  return { expression: digits, read: text => ({ [field]: Number(text) }) }
}

/** Two digits mean this century, as in Java. */
function yearParser(): LetterParser {
  return {
    expression: count => (count === 2 ? '\\d{2}' : count === 4 ? '\\d{4}' : '\\d{1,9}'),
    read: (text, count) => ({ year: Number(text) + (count === 2 ? 2000 : 0) }),
  }
}

function offsetParser(zero: string): LetterParser {
  return {
    expression: () => `${zero}[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?`,
    read: text => ({ zone: offsetMinutes(text === 'GMT' ? 'Z' : text) }),
  }
}

function readMonth(text: string): Draft {
  if (/^\d/.test(text)) return { month: Number(text) }
  const name = text.replace(/\.$/, '').toLowerCase()
  const index = months.map(names => names.findIndex(month => month.toLowerCase() === name)).find(found => found >= 0)
  if (index === undefined) throw new Complaint(`'${text}' is not a month`)
  return { month: index + 1 }
}
