import type { Position } from './ast'
import { TemplateSyntaxError } from './errors'
import type { Token } from './lexer'
import { limits } from './limits'

/** The tokens of one template with a cursor; both parsers read from it. */
export class TokenStream {
  readonly source: string
  readonly #tokens: Token[]
  #index = 0
  #depth: number

  constructor(tokens: Token[], source: string, depth = 0) {
    this.#tokens = tokens
    this.source = source
    this.#depth = depth
  }

  /** The current token, or the one `ahead` of it. The last one is always of type `end`. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)]!
  }

  next(): Token {
    const token = this.peek()
    this.#index += 1
    return token
  }

  is(type: Token['type'], value?: string): boolean {
    const token = this.peek()
    return token.type === type && (value === undefined || token.value === value)
  }

  /** Steps over the token if it is the one asked for. */
  skip(type: Token['type'], value?: string): boolean {
    if (!this.is(type, value)) return false
    this.#index += 1
    return true
  }

  expect(type: Token['type'], value?: string): Token {
    if (this.is(type, value)) return this.next()
    return this.fail(`Expected ${value ? `\`${value}\`` : `a ${type}`}, got ${describe(this.peek())}`)
  }

  /** Runs `parse` one level deeper; a text nested without end stops here instead of overflowing the stack. */
  nested<Result>(parse: () => Result): Result {
    this.#depth += 1
    if (this.#depth > limits.nesting) this.fail(`Nested more than ${limits.nesting} levels deep`)
    const result = parse()
    this.#depth -= 1
    return result
  }

  /** A stream over the tokens inside an interpolated string. */
  inside(tokens: Token[]): TokenStream {
    return new TokenStream(tokens, this.source, this.#depth)
  }

  fail(reason: string, at: Position = this.peek().at): never {
    throw new TemplateSyntaxError(reason, this.source, at)
  }
}

export function describe(token: Token): string {
  if (token.type === 'end') return 'the end of the template'
  if (token.type === 'string') return `the string "${token.value}"`
  return `\`${token.value}\``
}
