import type { Block, Macro, MacroParameter, Node, Position, Template } from './ast'
import { tokenize } from './lexer'
import { parseExpression, parseFilterName } from './parse-expression'
import { describe, TokenStream } from './token-stream'

type Tag = 'if' | 'for' | 'set' | 'block' | 'filter' | 'macro'
type Parser = { stream: TokenStream; macros: Map<string, Macro>; blocks: Map<string, Block> }

/** Parses a whole template: text, `{{ }}` and tags. Throws `TemplateSyntaxError`. */
export function parseTemplate(source: string): Template {
  const parser: Parser = { stream: new TokenStream(tokenize(source), source), macros: new Map(), blocks: new Map() }
  const body = parseBody(parser, [])
  const rest = parser.stream.peek()
  if (rest.type !== 'end') parser.stream.fail(`Unexpected ${describe(rest)}`)
  return { source, body, macros: parser.macros, blocks: parser.blocks }
}

/** Nodes up to a tag named in `ends`, which is left for the caller, or to the end of the template. */
function parseBody(parser: Parser, ends: string[]): Node[] {
  const { stream } = parser
  const nodes: Node[] = []
  for (;;) {
    const token = stream.peek()
    if (token.type === 'end') return nodes
    if (token.type === 'tag' && ends.includes(stream.peek(1).value)) return nodes
    stream.next()
    if (token.type === 'text') nodes.push({ kind: 'text', value: token.value })
    else if (token.type === 'print') nodes.push(parsePrint(stream, token.at))
    else if (token.type === 'tag') nodes.push(stream.nested(() => parseTag(parser)))
    else stream.fail(`Unexpected ${describe(token)}`, token.at)
  }
}

function parsePrint(stream: TokenStream, at: Position): Node {
  const expression = parseExpression(stream)
  stream.expect('close')
  return { kind: 'print', expression, at }
}

const tags: Record<Tag, (parser: Parser, at: Position) => Node> = {
  if: parseIf,
  for: parseFor,
  set: parseSet,
  block: parseBlock,
  filter: parseFilterTag,
  macro: parseMacro,
}

function parseTag(parser: Parser): Node {
  const name = parser.stream.expect('name')
  if (!Object.hasOwn(tags, name.value)) parser.stream.fail(`Unknown tag \`${name.value}\``, name.at)
  return tags[name.value as Tag](parser, name.at)
}

/** Steps over `{% name %}`. */
function endTag(parser: Parser, name: string, at: Position): void {
  if (parser.stream.is('end')) parser.stream.fail(`Expected \`{% ${name} %}\` before the end of the template`, at)
  parser.stream.expect('tag')
  parser.stream.expect('name', name)
}

function parseIf(parser: Parser, at: Position): Node {
  const { stream } = parser
  const branches: { test: ReturnType<typeof parseExpression>; body: Node[] }[] = []
  let otherwise: Node[] = []
  do {
    const test = parseExpression(stream)
    stream.expect('close')
    branches.push({ test, body: parseBody(parser, ['elseif', 'else', 'endif']) })
  } while (skipTag(parser, 'elseif'))
  if (skipTag(parser, 'else')) {
    stream.expect('close')
    otherwise = parseBody(parser, ['endif'])
  }
  endTag(parser, 'endif', at)
  stream.expect('close')
  return { kind: 'if', branches, otherwise, at }
}

function skipTag(parser: Parser, name: string): boolean {
  const found = parser.stream.is('tag') && parser.stream.peek(1).value === name
  if (found) {
    parser.stream.next()
    parser.stream.next()
  }
  return found
}

function parseFor(parser: Parser, at: Position): Node {
  const { stream } = parser
  const name = stream.expect('name').value
  stream.expect('name', 'in')
  const iterable = parseExpression(stream)
  stream.expect('close')
  const body = parseBody(parser, ['else', 'endfor'])
  let otherwise: Node[] = []
  if (skipTag(parser, 'else')) {
    stream.expect('close')
    otherwise = parseBody(parser, ['endfor'])
  }
  endTag(parser, 'endfor', at)
  stream.expect('close')
  return { kind: 'for', name, iterable, body, otherwise, at }
}

function parseSet({ stream }: Parser, at: Position): Node {
  const name = stream.expect('name').value
  stream.expect('punctuation', '=')
  const value = parseExpression(stream)
  stream.expect('close')
  return { kind: 'set', name, value, at }
}

function parseBlock(parser: Parser, at: Position): Node {
  const { stream } = parser
  const token = stream.next()
  if (token.type !== 'name' && token.type !== 'string') stream.fail('Expected the name of the block', token.at)
  stream.expect('close')
  const body = parseBody(parser, ['endblock'])
  endTag(parser, 'endblock', at)
  if (!stream.is('close')) stream.next()
  stream.expect('close')
  const block: Block = { kind: 'block', name: token.value, body, at }
  parser.blocks.set(block.name, block)
  return block
}

function parseFilterTag(parser: Parser, at: Position): Node {
  const { stream } = parser
  const filters = [parseFilterName(stream)]
  while (stream.skip('operator', '|')) filters.push(parseFilterName(stream))
  stream.expect('close')
  const body = parseBody(parser, ['endfilter'])
  endTag(parser, 'endfilter', at)
  stream.expect('close')
  return { kind: 'filterTag', filters, body, at }
}

function parseMacro(parser: Parser, at: Position): Node {
  const { stream } = parser
  const name = stream.expect('name').value
  const parameters = parseParameters(stream)
  stream.expect('close')
  const body = parseBody(parser, ['endmacro'])
  endTag(parser, 'endmacro', at)
  if (!stream.is('close')) stream.next()
  stream.expect('close')
  const macro: Macro = { kind: 'macro', name, parameters, body, at }
  parser.macros.set(name, macro)
  return macro
}

function parseParameters(stream: TokenStream): MacroParameter[] {
  const parameters: MacroParameter[] = []
  stream.expect('punctuation', '(')
  while (!stream.skip('punctuation', ')')) {
    if (parameters.length > 0) stream.expect('punctuation', ',')
    const name = stream.expect('name').value
    parameters.push(stream.skip('punctuation', '=') ? { name, fallback: parseExpression(stream) } : { name })
  }
  return parameters
}
