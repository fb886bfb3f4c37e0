import type { Position } from './ast'
import { TemplateSyntaxError } from './errors'
import { limits } from './limits'

export type Token =
  | { type: 'text'; value: string; at: Position }
  | { type: 'print' | 'tag' | 'close' | 'end'; value: string; at: Position }
  | { type: 'name' | 'operator' | 'punctuation'; value: string; at: Position }
  | { type: 'number'; value: string; at: Position }
  /** `parts` alternates text and the tokens of a `#{}` interpolation. */
  | { type: 'string'; value: string; parts: (string | Token[])[]; at: Position }

const name = /[\p{L}_][\p{L}\p{Nd}_]*/uy
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?L?/y
const operator = /\?\?\?|\?\?|==|!=|<=|>=|\.\.|[<>+\-*/%~|]/y
const punctuation = /[()[\]{}?:.,=]/y
const space = /\s+/y
const rawTag = /\{%-?\s*(raw|verbatim)\s*(-?)%\}/y
const opening: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/** Cuts a template into tokens. @example `a {{ b }}` -> text, print, name, close, end */
export function tokenize(source: string): Token[] {
  return new Lexer(source).template()
}

class Lexer {
  readonly #source: string
  #index = 0
  #lineStarts: number[] | undefined
  #tokens: Token[] = []
  /** Set by `-}}` and `-%}`: the next text loses its leading white space. */
  #trimNext = false
  #interpolations = 0

  constructor(source: string) {
    this.#source = source
    if (source.length > limits.source) {
      throw new TemplateSyntaxError(`A template of more than ${limits.source} characters`, '', this.#at(0))
    }
  }

  template(): Token[] {
    while (this.#index < this.#source.length) {
      const start = this.#nextDelimiter()
      this.#text(start)
      if (start === this.#source.length) break
      this.#delimited(start)
    }
    this.#tokens.push({ type: 'end', value: '', at: this.#at(this.#index) })
    return this.#tokens
  }

  #nextDelimiter(): number {
    for (let from = this.#index; ; ) {
      const brace = this.#source.indexOf('{', from)
      if (brace < 0) return this.#source.length
      if ('{%#'.includes(this.#source.charAt(brace + 1) || ' ')) return brace
      from = brace + 1
    }
  }

  #text(end: number): void {
    let value = this.#source.slice(this.#index, end)
    if (this.#trimNext) value = value.trimStart()
    if (this.#source.startsWith('-', end + 2)) value = value.trimEnd()
    if (value !== '') this.#tokens.push({ type: 'text', value, at: this.#at(this.#index) })
    this.#trimNext = false
    this.#index = end
  }

  #delimited(start: number): void {
    const kind = this.#source.charAt(start + 1)
    if (kind === '#') {
      this.#comment(start)
      return
    }
    if (kind === '%' && this.#raw(start)) return
    this.#tokens.push({ type: kind === '{' ? 'print' : 'tag', value: kind, at: this.#at(start) })
    this.#index = start + 2
    if (this.#source.startsWith('-', this.#index)) this.#index += 1
    const close = kind === '{' ? '}}' : '%}'
    this.#code(close, this.#tokens, start)
  }

  #comment(start: number): void {
    const end = this.#source.indexOf('#}', start + 2)
    if (end < 0) throw this.#error('The comment opened by `{#` is not closed', start)
    this.#trimNext = this.#source.charAt(end - 1) === '-'
    this.#index = end + 2
  }

  /** `{% raw %}...{% endraw %}`: all between is text. */
  #raw(start: number): boolean {
    const open = this.#match(rawTag, start)
    if (!open) return false
    const bodyStart = start + open[0].length
    const close = new RegExp(`\\{%-?\\s*end${open[1]}\\s*(-?)%\\}`, 'g')
    close.lastIndex = bodyStart
    const end = close.exec(this.#source)
    if (!end) throw this.#error(`\`{% ${open[1]} %}\` is not closed`, start)
    let value = this.#source.slice(bodyStart, end.index)
    if (open[2] === '-') value = value.trimStart()
    if (end[0].startsWith('{%-')) value = value.trimEnd()
    if (value !== '') this.#tokens.push({ type: 'text', value, at: this.#at(bodyStart) })
    this.#trimNext = end[1] === '-'
    this.#index = end.index + end[0].length
    return true
  }

  /** Tokens up to `close`, which counts only outside brackets, so that `{{ {'a': {'b': 1}} }}` is whole. */
  #code(close: '}}' | '%}' | '}', into: Token[], start: number): void {
    const brackets: string[] = []
    for (;;) {
      const gap = this.#match(space, this.#index)
      if (gap) this.#index += gap[0].length
      if (this.#index >= this.#source.length) throw this.#error(`Not closed by \`${close}\``, start)
      if (brackets.length === 0 && this.#close(close, into)) return
      const token = this.#token()
      into.push(token)
      if (token.type === 'punctuation') this.#bracket(token, brackets)
    }
  }

  #close(close: string, into: Token[]): boolean {
    const trims = close !== '}' && this.#source.startsWith(`-${close}`, this.#index)
    if (!trims && !this.#source.startsWith(close, this.#index)) return false
    into.push({ type: close === '}' ? 'end' : 'close', value: close, at: this.#at(this.#index) })
    this.#index += close.length + (trims ? 1 : 0)
    if (close !== '}') this.#trimNext = trims
    return true
  }

  #bracket(token: Token, brackets: string[]): void {
    const closing = opening[token.value]
    if (closing) {
      brackets.push(closing)
      if (brackets.length > limits.nesting)
        throw this.#error(`Nested more than ${limits.nesting} levels deep`, token.at.offset)
      return
    }
    if (!')]}'.includes(token.value)) return
    if (brackets.pop() !== token.value) throw this.#error(`Unexpected \`${token.value}\``, token.at.offset)
  }

  #token(): Token {
    const start = this.#index
    const at = this.#at(start)
    const first = this.#source.charAt(start)
    if (first === '"' || first === "'") return this.#string(first, at)
    for (const [type, pattern] of [
      ['name', name],
      ['number', number],
      ['operator', operator],
      ['punctuation', punctuation],
    ] as const) {
      const match = this.#match(pattern, start)
      if (!match) continue
      this.#index += match[0].length
      return { type, value: match[0], at }
    }
    throw this.#error(`Unexpected \`${first}\``, start)
  }

  /**
   * A backslash escapes the quote and itself, nothing else: `'\d'` and `'\\d'` are both `\d`.
   * `#{}` interpolates in `"..."`.
   */
  #string(quote: string, at: Position): Token {
    const parts: (string | Token[])[] = []
    let text = ''
    this.#index += 1
    for (;;) {
      const character = this.#source.charAt(this.#index)
      if (character === '') throw this.#error('The string is not closed', at.offset)
      if (character === quote) break
      const escaped = character === '\\' ? this.#source.charAt(this.#index + 1) : ''
      if (escaped === quote || escaped === '\\') {
        text += escaped
        this.#index += 2
      } else if (quote === '"' && this.#source.startsWith('#{', this.#index)) {
        parts.push(text, this.#interpolation())
        text = ''
      } else {
        text += character
        this.#index += 1
      }
    }
    this.#index += 1
    return { type: 'string', value: text, parts: parts.length === 0 ? [] : [...parts, text], at }
  }

  #interpolation(): Token[] {
    const start = this.#index
    const tokens: Token[] = []
    this.#interpolations += 1
    if (this.#interpolations > limits.nesting)
      throw this.#error(`Nested more than ${limits.nesting} levels deep`, start)
    this.#index += 2
    this.#code('}', tokens, start)
    this.#interpolations -= 1
    return tokens
  }

  #match(pattern: RegExp, index: number): RegExpExecArray | null {
    pattern.lastIndex = index
    return pattern.exec(this.#source)
  }

  #error(reason: string, offset: number): TemplateSyntaxError {
    return new TemplateSyntaxError(reason, this.#source, this.#at(offset))
  }

  #at(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.#source)
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { offset, line: low + 1, column: offset - this.#lineStarts[low]! + 1 }
  }
}

function lineStarts(source: string): number[] {
  const starts = [0]
  for (let index = source.indexOf('\n'); index >= 0; index = source.indexOf('\n', index + 1)) starts.push(index + 1)
  return starts
}
