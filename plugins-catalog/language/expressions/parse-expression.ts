import type { Arguments, BinaryOperator, Expression, Position, UnaryOperator } from './ast'
import type { Token } from './lexer'
import { readMethod } from './methods'
import { describe, type TokenStream } from './token-stream'

/** How tight each operator binds: Kestra 1.x, where `??`, `???` and `isIn` bind tighter than arithmetic. */
const precedence: Record<BinaryOperator | 'is' | '|', number> = {
  or: 10,
  and: 15,
  is: 20,
  contains: 20,
  '==': 30,
  '!=': 30,
  '<': 30,
  '>': 30,
  '<=': 30,
  '>=': 30,
  '+': 40,
  '-': 40,
  '*': 60,
  '/': 60,
  '%': 60,
  '|': 100,
  '~': 110,
  '..': 120,
  '??': 120,
  '???': 120,
  isIn: 120,
}

const unaryPrecedence: Record<UnaryOperator, number> = { not: 500, '-': 500, '+': 500 }

const constants: Record<string, true | false | null> = {
  true: true,
  TRUE: true,
  false: false,
  FALSE: false,
  null: null,
  NULL: null,
  none: null,
  NONE: null,
}

/** Precedence climbing; a ternary is tried only at the outermost level, as Pebble does. */
export function parseExpression(stream: TokenStream, minimum = 0): Expression {
  return stream.nested(() => {
    let left = parseOperand(stream)
    for (let operator = binaryOperator(stream.peek()); operator; operator = binaryOperator(stream.peek())) {
      if (precedence[operator] < minimum) break
      left = parseRight(stream, operator, left)
    }
    return minimum === 0 ? parseConditional(stream, left) : left
  })
}

function parseRight(stream: TokenStream, operator: BinaryOperator | 'is' | '|', left: Expression): Expression {
  const { at } = stream.next()
  if (operator === '|') return { kind: 'filter', target: left, ...parseFilterName(stream) }
  if (operator === 'is') return parseTest(stream, left)
  return { kind: 'binary', operator, left, right: parseExpression(stream, precedence[operator] + 1), at }
}

function parseConditional(stream: TokenStream, test: Expression): Expression {
  if (!stream.is('punctuation', '?')) return test
  const { at } = stream.next()
  const then = parseExpression(stream)
  stream.expect('punctuation', ':')
  return { kind: 'conditional', test, then, otherwise: parseExpression(stream), at }
}

function binaryOperator(token: Token): BinaryOperator | 'is' | '|' | undefined {
  if (token.type !== 'operator' && token.type !== 'name') return undefined
  if (token.type === 'name' && token.value === 'equals') return '=='
  return Object.hasOwn(precedence, token.value) ? (token.value as BinaryOperator | 'is' | '|') : undefined
}

function parseOperand(stream: TokenStream): Expression {
  const token = stream.peek()
  if ((token.type === 'operator' || token.type === 'name') && Object.hasOwn(unaryPrecedence, token.value)) {
    stream.next()
    const operator = token.value as UnaryOperator
    return { kind: 'unary', operator, operand: parseExpression(stream, unaryPrecedence[operator]), at: token.at }
  }
  return parsePostfix(stream, parsePrimary(stream))
}

function parsePrimary(stream: TokenStream): Expression {
  const token = stream.next()
  switch (token.type) {
    case 'string':
      return parseString(stream, token.parts, token.value, token.at)
    case 'number':
      return parseNumber(token.value, token.at)
    case 'name':
      return parseName(stream, token.value, token.at)
    case 'punctuation':
      if (token.value === '(') return parseGroup(stream)
      if (token.value === '[') return parseArray(stream, token.at)
      if (token.value === '{') return parseMap(stream, token.at)
  }
  return stream.fail(`Expected a value, got ${describe(token)}`, token.at)
}

function parseGroup(stream: TokenStream): Expression {
  const inner = parseExpression(stream)
  stream.expect('punctuation', ')')
  return inner
}

function parseString(stream: TokenStream, parts: (string | Token[])[], value: string, at: Position): Expression {
  if (parts.length === 0) return { kind: 'literal', value, at }
  const expressions = parts.map((part): Expression => {
    if (typeof part === 'string') return { kind: 'literal', value: part, at }
    const inner = stream.inside(part)
    const expression = parseExpression(inner)
    inner.expect('end')
    return expression
  })
  return { kind: 'interpolation', parts: expressions, at }
}

function parseNumber(text: string, at: Position): Expression {
  const value = Number(text.replace(/L$/, ''))
  return /[.eE]/.test(text) ? { kind: 'literal', value, float: true, at } : { kind: 'literal', value, at }
}

function parseName(stream: TokenStream, name: string, at: Position): Expression {
  if (Object.hasOwn(constants, name)) return { kind: 'literal', value: constants[name] ?? null, at }
  if (!stream.is('punctuation', '(')) return { kind: 'name', name, at }
  return { kind: 'call', name, args: parseArguments(stream), at }
}

function parseArray(stream: TokenStream, at: Position): Expression {
  const items: Expression[] = []
  while (!stream.skip('punctuation', ']')) {
    if (items.length > 0) stream.expect('punctuation', ',')
    items.push(parseExpression(stream))
  }
  return { kind: 'array', items, at }
}

function parseMap(stream: TokenStream, at: Position): Expression {
  const entries: { key: Expression; value: Expression }[] = []
  while (!stream.skip('punctuation', '}')) {
    if (entries.length > 0) stream.expect('punctuation', ',')
    const key = parseExpression(stream)
    stream.expect('punctuation', ':')
    entries.push({ key, value: parseExpression(stream) })
  }
  return { kind: 'map', entries, at }
}

function parsePostfix(stream: TokenStream, operand: Expression): Expression {
  let target = operand
  for (;;) {
    const { at } = stream.peek()
    if (stream.skip('punctuation', '.')) {
      const key = stream.expect('name')
      target = stream.is('punctuation', '(')
        ? parseMethod(stream, target, key.value, key.at)
        : { kind: 'attribute', target, key: { kind: 'literal', value: key.value, at: key.at }, at: key.at }
    } else if (stream.skip('punctuation', '[')) {
      const key = parseExpression(stream)
      stream.expect('punctuation', ']')
      target = { kind: 'attribute', target, key, at }
    } else {
      return target
    }
  }
}

function parseMethod(stream: TokenStream, target: Expression, name: string, at: Position): Expression {
  const { positional, named } = parseArguments(stream)
  const read = named.length === 0 ? readMethod(name, { target, args: positional, at }) : undefined
  return read ?? stream.fail(`\`${name}()\` is a method of the value; only filters and functions can be called`, at)
}

/** `name` or `name(arguments)`, after a `|` or in a `{% filter %}` tag. */
export function parseFilterName(stream: TokenStream): { name: string; args: Arguments; at: Position } {
  const name = stream.expect('name')
  return { name: name.value, args: parseOptionalArguments(stream), at: name.at }
}

function parseTest(stream: TokenStream, target: Expression): Expression {
  const negated = stream.skip('name', 'not')
  const { value: name, at } = stream.expect('name')
  return { kind: 'test', target, name, args: parseOptionalArguments(stream), negated, at }
}

function parseOptionalArguments(stream: TokenStream): Arguments {
  return stream.is('punctuation', '(') ? parseArguments(stream) : { positional: [], named: [] }
}

function parseArguments(stream: TokenStream): Arguments {
  const args: Arguments = { positional: [], named: [] }
  const { at } = stream.expect('punctuation', '(')
  while (!stream.skip('punctuation', ')')) {
    if (args.positional.length + args.named.length > 0) stream.expect('punctuation', ',')
    const assigned = stream.peek(1)
    if (stream.is('name') && assigned.type === 'punctuation' && assigned.value === '=') {
      const name = stream.next().value
      stream.next()
      args.named.push({ name, value: parseExpression(stream) })
    } else {
      if (args.named.length > 0) stream.fail('Positional arguments come before named ones', at)
      args.positional.push(parseExpression(stream))
    }
  }
  return args
}
