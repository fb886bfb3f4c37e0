import { RowError } from './values'

/** A record larger than this is no record: the file is of another kind. */
const maxValueChars = 32 * 1024 * 1024

type Bytes = AsyncIterable<Uint8Array | string>

/**
 * Cuts a stream of Ion or JSON text into its values, one at a time, so that a file of any size needs little memory.
 * With `unwrapArray`, the items of a leading `[...]` count as the values.
 */
export async function* splitValues(source: Bytes, options: { unwrapArray?: boolean } = {}): AsyncGenerator<string> {
  const splitter = new ValueSplitter(options.unwrapArray ?? false)
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of source) {
    yield* splitter.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
  }
  yield* splitter.push(`${decoder.decode()}\n`)
  splitter.expectEnd()
}

/** What can be jumped over at once, by where it stands. */
const plainInContainer = /[^"'{}[\]()/]+/y
const plainAtTop = /[^"'{}[\]()/,\s]+/y
const plainInString = { '"': /[^"\\]+/y, "'": /[^'\\]+/y, "'''": /[^'\\]+/y }

class ValueSplitter {
  readonly #unwrapArray: boolean
  /** Text from the start of the value that is being read. */
  #pending = ''
  #at = 0
  /** Up to here it may be read: three characters are looked ahead (`'''`), so the last two wait for the next chunk. */
  #end = 0
  #depth = 0
  #baseDepth = 0
  #isInValue = false
  #quote: '"' | "'" | "'''" | null = null
  #comment: '\n' | '*/' | null = null
  #isFirst = true

  constructor(unwrapArray: boolean) {
    this.#unwrapArray = unwrapArray
  }

  *push(text: string): Generator<string> {
    this.#pending += text
    // No quote or bracket goes over the end of a line.
    const waiting = text.endsWith('\n') ? 0 : 2
    this.#end = this.#pending.length - waiting
    while (this.#at < this.#end) {
      const value = this.#step()
      if (value !== null) yield value
    }
    if (!this.#isInValue) this.#drop(this.#at)
    if (this.#pending.length > maxValueChars) throw new RowError(`a record is larger than ${maxValueChars} characters`)
  }

  expectEnd(): void {
    if (this.#quote !== null) throw new RowError('the last record breaks off inside a string')
    if (this.#depth > 0 || this.#isInValue) throw new RowError('the last record breaks off')
  }

  #drop(count: number): void {
    this.#pending = this.#pending.slice(count)
    this.#at -= count
    this.#end -= count
  }

  /** Moves past what the pattern matches, if it does. */
  #jump(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#pending)) return false
    this.#at = Math.min(pattern.lastIndex, this.#end)
    return true
  }

  #step(): string | null {
    if (this.#comment !== null) return this.#inComment()
    if (this.#quote !== null) return this.#inQuote(this.#quote)
    if (this.#depth > this.#baseDepth && this.#jump(plainInContainer)) return null
    const char = this.#pending[this.#at] as string
    if (char === '/' && this.#startsComment()) return this.#emitScalar()
    if (char === '"' || char === "'") return this.#openQuote(char)
    if (char === '{' || char === '[' || char === '(') return this.#open(char)
    if (char === '}' || char === ']' || char === ')') return this.#close()
    if (char === ',' || char <= ' ') return this.#separate()
    this.#begin()
    if (!this.#jump(plainAtTop)) this.#at++
    return null
  }

  #begin(): void {
    if (this.#isInValue) return
    this.#drop(this.#at)
    this.#isInValue = true
    this.#isFirst = false
  }

  #open(char: string): null {
    if (this.#isFirst && this.#unwrapArray && char === '[') {
      this.#isFirst = false
      this.#baseDepth = 1
    } else this.#begin()
    this.#depth++
    this.#at++
    return null
  }

  #close(): string | null {
    if (this.#depth === this.#baseDepth) {
      const scalar = this.#emitScalar()
      if (this.#baseDepth === 0) throw new RowError('a bracket is closed that was never opened')
      this.#baseDepth = 0
      this.#depth = 0
      this.#at++
      return scalar
    }
    this.#depth--
    this.#at++
    return this.#depth === this.#baseDepth ? this.#emit() : null
  }

  #separate(): string | null {
    if (this.#depth > this.#baseDepth) {
      this.#at++
      return null
    }
    const value = this.#emitScalar()
    this.#at++
    return value
  }

  #openQuote(char: '"' | "'"): null {
    this.#begin()
    this.#quote = char === "'" && this.#pending.startsWith("'''", this.#at) ? "'''" : char
    this.#at += this.#quote.length
    return null
  }

  #inQuote(quote: '"' | "'" | "'''"): null {
    if (this.#jump(plainInString[quote])) return null
    if (this.#pending[this.#at] === '\\') this.#at += 2
    else if (this.#pending.startsWith(quote, this.#at)) {
      this.#at += quote.length
      this.#quote = null
    } else this.#at++
    return null
  }

  #startsComment(): boolean {
    const opening = this.#pending.slice(this.#at, this.#at + 2)
    if (opening !== '//' && opening !== '/*') return false
    this.#comment = opening === '//' ? '\n' : '*/'
    return true
  }

  #inComment(): null {
    const close = this.#comment ?? '\n'
    const end = this.#pending.indexOf(close, this.#at)
    if (end === -1) this.#at = this.#end
    else {
      this.#at = end + close.length
      this.#comment = null
    }
    return null
  }

  /** Ends a value that no bracket ends; an annotation (`Date::"..."`) goes on to what it annotates. */
  #emitScalar(): string | null {
    if (!this.#isInValue || this.#depth > this.#baseDepth) return null
    if (this.#pending.slice(0, this.#at).trimEnd().endsWith('::')) return null
    return this.#emit()
  }

  #emit(): string {
    const value = this.#pending.slice(0, this.#at)
    this.#drop(this.#at)
    this.#isInValue = false
    return value
  }
}
