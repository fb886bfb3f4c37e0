/** A piece of an expression that may be half typed; offsets of the whole text. */
export type Word = {
  type: 'name' | 'number' | 'string' | 'operator'
  /** Of a string: what is between its quotes. */
  text: string
  start: number
  end: number
  /** A string without its closing quote. */
  isOpen?: true
}

/** An expression or tag around a place in a text. */
export type Span = {
  kind: 'print' | 'tag'
  /** Of its opening braces. */
  start: number
  /** Behind its closing braces, or where it surely ends. */
  end: number
  isClosed: boolean
}

/** An expression that isn't closed ends with its line, and is no longer than this. */
const longest = 10_000

/** The expression that a place in a text stands in; null where it stands in none. */
export function spanAt(text: string, offset: number): Span | null {
  const from = Math.max(0, offset - longest)
  const before = text.slice(from, offset)
  const opening = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  if (opening < 0) return null
  const start = from + opening
  const kind = text[start + 1] === '{' ? 'print' : 'tag'
  const close = kind === 'print' ? '}}' : '%}'
  if (closeIn(text, start + 2, offset, close) !== undefined) return null
  const found = closeIn(text, offset, Math.min(text.length, offset + longest), close)
  const lineEnd = text.indexOf('\n', offset)
  const next = text.slice(offset).search(/\{[{%]/)
  const limit = Math.min(lineEnd < 0 ? text.length : lineEnd, next < 0 ? text.length : offset + next)
  const isMine = found !== undefined && (found < limit || isOneText(text, offset, found))
  if (!isMine && text.slice(start, offset).includes('\n')) return null
  return isMine ? { kind, start, end: found + 2, isClosed: true } : { kind, start, end: limit, isClosed: false }
}

/** Where an expression closes; braces in texts don't count. */
function closeIn(text: string, from: number, to: number, close: string): number | undefined {
  const found = text.indexOf(close, from)
  return found < 0 || found + close.length > to ? undefined : found
}

/** Whether no other expression starts in between. */
function isOneText(text: string, from: number, to: number): boolean {
  return !/\{[{%]/.test(text.slice(from, to))
}

const word =
  /\s+|[\p{L}_][\p{L}\p{Nd}_]*|\d+(?:\.\d+)?|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\?\?\??|==|!=|<=|>=|\.\.|./gsuy

/** The words of an expression, from behind its opening braces up to an offset. */
export function scan(text: string, { start }: Span, to: number): Word[] {
  const words: Word[] = []
  const known = text.slice(0, to)
  word.lastIndex = start + (text[start + 2] === '-' ? 3 : 2)
  while (word.lastIndex < to) {
    const from = word.lastIndex
    const found = word.exec(known)?.[0]
    if (found === undefined) break
    if (found.trim() !== '') words.push(toWord(found, from))
  }
  return words
}

function toWord(found: string, start: number): Word {
  const end = start + found.length
  const quote = found[0]
  if (quote === '"' || quote === "'") {
    const isOpen = found.length < 2 || !found.endsWith(quote)
    return {
      type: 'string',
      text: found.slice(1, isOpen ? undefined : -1),
      start,
      end,
      ...(isOpen ? { isOpen: true } : {}),
    }
  }
  const type = /^[\p{L}_]/u.test(found) ? 'name' : /^\d/.test(found) ? 'number' : 'operator'
  return { type, text: found, start, end }
}
