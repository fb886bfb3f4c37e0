import { Decimal, type Row, RowError, type RowValue, setOwn, Timestamp } from './values'

const maxDepth = 200
const number = /[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eEdD][-+]?\d+)?|inf\b)/y
const timestamp =
  /\d{4}(?:-\d\d(?:-\d\d(?:T(?:\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d)?)?)?|T)|T)(?=$|[\s,\]})/])/y
const symbol = /[A-Za-z_$][\w$]*/y
const blank = /(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y
const escapes: Record<string, string> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', v: '\v' },
  ...{ '\n': '', '"': '"', "'": "'", '/': '/', '\\': '\\', '?': '?' },
}
const words: Record<string, RowValue> = { null: null, true: true, false: false, nan: Number.NaN }

/**
 * One value of Ion text, or of JSON, which is a part of it. Symbols become strings, annotations are dropped.
 * @example parseIon('{brand: "Apple", price: 9.50, day: 2024-01-31}')
 */
export function parseIon(text: string): RowValue {
  const parser = new IonParser(text)
  const value = parser.value(0)
  parser.expectEnd()
  return value
}

class IonParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): RowValue {
    if (depth > maxDepth) throw this.#problem(`values are nested deeper than ${maxDepth} levels`)
    this.#skip(blank)
    const char = this.#text[this.#at]
    switch (char) {
      case '{':
        return this.#text[this.#at + 1] === '{' ? this.#lob() : this.#struct(depth)
      case '[':
        return this.#list(depth, ']')
      case '(':
        return this.#list(depth, ')')
      case '"':
        return this.#quoted('"')
      case "'":
        return this.#singleQuoted(depth)
      case undefined:
        throw this.#problem('a value is missing')
      default:
        return this.#scalar(depth)
    }
  }

  expectEnd(): void {
    this.#skip(blank)
    if (this.#at < this.#text.length) throw this.#problem(`unexpected ${JSON.stringify(this.#text[this.#at])}`)
  }

  #struct(depth: number): Row {
    const row: Row = {}
    this.#at++
    for (;;) {
      this.#skip(blank)
      if (this.#take('}')) return row
      const name = this.#name()
      this.#skip(blank)
      if (!this.#take(':')) throw this.#problem(`":" is missing after the name ${JSON.stringify(name)}`)
      setOwn(row, name, this.value(depth + 1))
      this.#skip(blank)
      if (this.#take(',')) continue
      if (this.#take('}')) return row
      throw this.#problem('"," or "}" is missing')
    }
  }

  #list(depth: number, close: ']' | ')'): RowValue[] {
    const items: RowValue[] = []
    this.#at++
    for (;;) {
      this.#skip(blank)
      if (this.#take(close)) return items
      items.push(this.value(depth + 1))
      this.#skip(blank)
      if (this.#take(',') || close === ')') continue
      if (this.#take(close)) return items
      throw this.#problem('"," or "]" is missing')
    }
  }

  #name(): string {
    const char = this.#text[this.#at]
    if (char === '"') return this.#quoted('"')
    if (char === "'") return this.#text.startsWith("'''", this.#at) ? this.#long() : this.#quoted("'")
    const name = this.#match(symbol)
    if (name === null) throw this.#problem('the name of a field is missing')
    return name
  }

  #scalar(depth: number): RowValue {
    const time = this.#match(timestamp)
    if (time !== null) return toTimestamp(time)
    const digits = this.#match(number)
    if (digits !== null) return toNumber(digits)
    const word = this.#match(symbol)
    if (word === null) throw this.#problem(`unexpected ${JSON.stringify(this.#text[this.#at])}`)
    if (this.#isAnnotation()) return this.value(depth + 1)
    if (word === 'null' && this.#take('.')) {
      this.#match(symbol)
      return null
    }
    return Object.hasOwn(words, word) ? (words[word] ?? null) : word
  }

  #singleQuoted(depth: number): RowValue {
    if (this.#text.startsWith("'''", this.#at)) return this.#long()
    const text = this.#quoted("'")
    return this.#isAnnotation() ? this.value(depth + 1) : text
  }

  #isAnnotation(): boolean {
    const start = this.#at
    this.#skip(blank)
    if (this.#text.startsWith('::', this.#at)) {
      this.#at += 2
      return true
    }
    this.#at = start
    return false
  }

  #quoted(quote: '"' | "'"): string {
    const end = this.#plainEnd(quote)
    if (end !== -1) {
      const text = this.#text.slice(this.#at + 1, end)
      this.#at = end + 1
      return text
    }
    this.#at++
    return this.#escaped(quote)
  }

  /** Most strings hold no escapes: they are one slice. */
  #plainEnd(quote: string): number {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const char = this.#text[at]
      if (char === quote) return at
      if (char === '\\' || char === '\n') return -1
    }
    return -1
  }

  /** Adjacent long strings are one. */
  #long(): string {
    let text = ''
    while (this.#text.startsWith("'''", this.#at)) {
      this.#at += 3
      text += this.#escaped("'''")
      this.#skip(blank)
    }
    return text
  }

  #escaped(close: string): string {
    let text = ''
    for (;;) {
      if (this.#text.startsWith(close, this.#at)) {
        this.#at += close.length
        return text
      }
      const char = this.#text[this.#at++]
      if (char === undefined || (char === '\n' && close.length === 1)) throw this.#problem('a string has no end')
      text += char === '\\' ? this.#escape() : char
    }
  }

  #escape(): string {
    const char = this.#text[this.#at++] ?? ''
    const length = { x: 2, u: 4, U: 8 }[char]
    if (length === undefined) {
      const plain = escapes[char]
      if (plain === undefined) throw this.#problem(`\\${char} is no escape`)
      return plain
    }
    const digits = this.#text.slice(this.#at, this.#at + length)
    this.#at += length
    const code = Number.parseInt(digits, 16)
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length || code > 0x10ffff) {
      throw this.#problem(`\\${char}${digits} is no character`)
    }
    return String.fromCodePoint(code)
  }

  /** `{{ base64 }}` or `{{ "text" }}` */
  #lob(): RowValue {
    const end = this.#text.indexOf('}}', this.#at)
    if (end === -1) throw this.#problem('"}}" is missing')
    const content = this.#text.slice(this.#at + 2, end).trim()
    this.#at = end + 2
    if (content.startsWith('"') || content.startsWith("'")) return parseIon(content)
    try {
      return Uint8Array.from(atob(content.replace(/\s+/g, '')), char => char.charCodeAt(0))
    } catch {
      throw this.#problem('"{{ }}" holds no base64')
    }
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null || match[0] === '') return null
    this.#at = pattern.lastIndex
    return match[0]
  }

  #skip(pattern: RegExp): void {
    const char = this.#text.charCodeAt(this.#at)
    // Neither a blank nor a comment: by far the commonest case.
    if (char > 0x20 && char !== 0x2f && char < 0x80) return
    this.#match(pattern)
  }

  #problem(what: string): RowError {
    const near = this.#text.slice(Math.max(0, this.#at - 20), this.#at + 20)
    return new RowError(`${what}, at character ${this.#at + 1}, near ${JSON.stringify(near)}`)
  }
}

function toNumber(text: string): RowValue {
  const plain = text.replaceAll('_', '')
  if (plain.endsWith('inf')) return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^[-+]?0[xXbB]/.test(plain)) {
    const value = BigInt(plain.replace(/^[-+]/, ''))
    return toInteger(plain.startsWith('-') ? -value : value)
  }
  if (/[eE]/.test(plain)) return Number(plain)
  if (/[.dD]/.test(plain)) return new Decimal(plain.replace(/\.$/, '').replace(/[dD]/, 'E'))
  return toInteger(BigInt(plain.replace(/^\+/, '')))
}

function toInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function toTimestamp(text: string): Timestamp {
  return new Timestamp(text.replace(/-00:00$/, '').replace(/T$/, ''))
}
