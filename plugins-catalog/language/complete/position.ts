import { type Span, scan, type Word } from './scan'

/** What may stand at a place of an expression. */
export type Wanted =
  | { kind: 'value' }
  /** A key of what stands before a dot, or between brackets. */
  | { kind: 'key'; path: string[]; in: 'dot' | 'brackets' | 'quotes' }
  | { kind: 'filter' | 'test' | 'tag' | 'operator' }
  /** The first argument of a function, as a text. */
  | { kind: 'text'; callee: string }
  | { kind: 'nothing' }

export type Position = {
  wanted: Wanted
  /** Of what is typed already, and would be replaced. */
  start: number
  /** The call around: its arguments may be named. */
  call?: { name: string; isFilter: boolean }
}

/** What is wanted at an offset within an expression. */
export function positionAt(text: string, span: Span, offset: number): Position {
  const words = scan(text, span, offset)
  const last = words.at(-1)
  if (last?.isOpen) return inString(words, last)
  const isTyping = last !== undefined && last.end === offset && (last.type === 'name' || last.type === 'number')
  const before = isTyping ? words.slice(0, -1) : words
  const start = isTyping ? last.start : offset
  const call = callAround(before)
  return { wanted: wantedAfter(before, span), start, ...(call === undefined ? {} : { call }) }
}

function inString(words: readonly Word[], last: Word): Position {
  const before = words.slice(0, -1)
  const opener = before.at(-1)
  const start = last.start + 1
  if (opener?.text === '[') {
    const path = chainBefore(before.slice(0, -1))
    if (path !== null) return { wanted: { kind: 'key', path, in: 'quotes' }, start }
  }
  const callee = before.at(-2)
  if (opener?.text === '(' && callee?.type === 'name') return { wanted: { kind: 'text', callee: callee.text }, start }
  return { wanted: { kind: 'nothing' }, start }
}

/** Words after which another value is to come. */
const joining = ['and', 'or', 'not', 'in', 'contains', 'if', 'elseif', 'elif', 'set', 'return']

function wantedAfter(before: readonly Word[], { kind }: Span): Wanted {
  const last = before.at(-1)
  if (last === undefined) return { kind: kind === 'tag' ? 'tag' : 'value' }
  if (last.text === '.' && last.type === 'operator') {
    const path = chainBefore(before.slice(0, -1))
    return path === null ? { kind: 'nothing' } : { kind: 'key', path, in: 'dot' }
  }
  if (last.text === '[') {
    const path = chainBefore(before.slice(0, -1))
    return path === null ? { kind: 'value' } : { kind: 'key', path, in: 'brackets' }
  }
  if (last.text === '|') return { kind: 'filter' }
  const isTest = last.text === 'is' || (last.text === 'not' && before.at(-2)?.text === 'is')
  if (isTest && last.type === 'name') return { kind: 'test' }
  if (kind === 'tag' && before.length === 1 && last.text === 'filter') return { kind: 'filter' }
  if (kind === 'tag' && before.length === 1 && ['for', 'set', 'block', 'macro'].includes(last.text))
    return { kind: 'nothing' }
  if (last.type === 'name' && joining.includes(last.text)) return { kind: 'value' }
  const endsValue = last.type !== 'operator' || [')', ']', '}'].includes(last.text)
  return { kind: endsValue ? 'operator' : 'value' }
}

/** The names that lead to what stands at the end of some words: `outputs`, `extract`; null where that is no chain of names. */
export function chainBefore(words: readonly Word[]): string[] | null {
  const last = words.at(-1)
  if (last === undefined) return null
  if (last.text === ']' && last.type === 'operator') {
    const open = openingOf(words, words.length - 1)
    const inner = words.slice(open + 1, -1)
    const key = inner.length === 1 && inner[0]!.type !== 'name' ? inner[0]!.text : '*'
    const path = chainBefore(words.slice(0, open))
    return path === null ? null : [...path, key]
  }
  if (last.type !== 'name' && last.type !== 'number') return null
  const dot = words.at(-2)
  if (dot?.text !== '.' || dot.type !== 'operator')
    return last.type === 'name' && dot?.text !== '|' ? [last.text] : null
  const path = chainBefore(words.slice(0, -2))
  return path === null ? null : [...path, last.text]
}

function openingOf(words: readonly Word[], close: number): number {
  let depth = 0
  for (let at = close; at >= 0; at--) {
    if (words[at]!.type !== 'operator') continue
    if (')]}'.includes(words[at]!.text)) depth++
    if ('([{'.includes(words[at]!.text) && --depth === 0) return at
  }
  return 0
}

/** The function or filter whose brackets are open. */
function callAround(words: readonly Word[]): Position['call'] {
  let depth = 0
  for (let at = words.length - 1; at > 0; at--) {
    const { type, text } = words[at]!
    if (type !== 'operator') continue
    if (')]}'.includes(text)) depth++
    else if ('([{'.includes(text) && depth-- === 0) {
      const callee = words[at - 1]!
      const isCall = text === '(' && callee.type === 'name'
      return isCall ? { name: callee.text, isFilter: words[at - 2]?.text === '|' } : undefined
    }
  }
  return undefined
}
