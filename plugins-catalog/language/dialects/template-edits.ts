import { TemplateSyntaxError } from '../expressions/errors'
import { type Token, tokenize } from '../expressions/lexer'
import type { Path } from './construct'
import type { Edit, FlowText } from './flow-text'

/** The tokens of a template in order, those inside `"#{...}"` too; none where it can't be read. */
export function tokensOf(template: string): Token[] {
  try {
    return flat(tokenize(template))
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return []
    throw error
  }
}

function flat(tokens: Token[]): Token[] {
  return tokens.flatMap(token =>
    token.type === 'string'
      ? [token, ...token.parts.flatMap(part => (typeof part === 'string' ? [] : flat(part)))]
      : [token],
  )
}

/** Edits of a template become edits of the YAML around it; a reason where the two can't be aligned. */
export function editTemplate(text: FlowText, path: Path, template: string, edits: readonly Edit[]): Edit[] | string {
  if (edits.length === 0) return []
  const found = text.sourceOf(path)
  if (found === undefined) return 'it comes from an anchor or a merge'
  const offsets = align(found.source, template)
  if (offsets === null) return 'the way its text is quoted or folded hides where it stands'
  return edits.map(({ start, end, text: replacement }) => ({
    start: found.start + offsets[start]!,
    end: found.start + (end === start ? offsets[start]! : offsets[end - 1]! + 1),
    text: replacement,
  }))
}

/** For each character of a scalar's value, where it stands in its source. */
function align(source: string, value: string): number[] | null {
  const quote = source[0] === '"' || source[0] === "'" ? source[0] : ''
  const isBlock = source[0] === '|' || source[0] === '>'
  let at = isBlock ? source.indexOf('\n') + 1 : quote.length
  const offsets: number[] = []
  for (const character of splitUnits(value)) {
    at = skipTo(source, at, character)
    const length = unitLength(source, at, character, quote)
    if (length === 0 && !/\s/.test(character)) return null
    offsets.push(at)
    at += length
  }
  return [...offsets, at]
}

function splitUnits(value: string): string[] {
  return value.split('')
}

/** Leaves out the white space that only the source has: indentation and the breaks of folded lines. */
function skipTo(source: string, at: number, character: string): number {
  if (/\s/.test(character)) return at
  let next = at
  while (next < source.length && /\s/.test(source[next]!)) next++
  return next
}

/** How many characters of the source stand for one of the value; 0 for none. */
function unitLength(source: string, at: number, character: string, quote: string): number {
  if (quote === "'" && character === "'") return source.startsWith("''", at) ? 2 : 0
  if (quote === '"' && source[at] === '\\') {
    const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/' }
    return simple[source[at + 1] ?? ''] === character ? 2 : 0
  }
  return source[at] === character ? 1 : 0
}
