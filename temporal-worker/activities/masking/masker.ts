import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { hideSpans, maskAcross, unfinishedLength } from './across-lines'
import { createMatcher, type Matcher } from './matcher'
import { shortest, spellingsOf } from './spellings'

export const mask = '******'

/**
 * Hides the secrets that a task run has read wherever what it says goes: log, outputs, metrics, errors. Files are
 * exempt: they are the task's own, and its runner's.
 */
export type Masker = {
  /** From here on this value is hidden. */
  add(secret: string): void
  readonly isEmpty: boolean
  text(text: string): string
  /** All texts in a value, names too, and numbers that read like a secret. */
  json<T extends Json>(value: T): T
  /** Lines that follow each other: what is split over several of them is hidden, too. */
  lines(lines: readonly string[]): string[]
  /** How many of the last lines may hold the beginning of a secret that goes on in the next one. */
  unfinishedLines(lines: readonly string[]): number
  holdsSecret(value: Json): boolean
}

export function createMasker(): Masker {
  const secrets = new Set<string>()
  let compiled: Compiled | undefined

  function current(): Compiled {
    compiled ??= compile(secrets)
    return compiled
  }

  function text(given: string): string {
    if (secrets.size === 0 || given === '') return given
    const { matcher, whole, texts } = current()
    if (whole.has(given.trim())) return mask
    return hideBeforeCut(hideSpans(given, matcher.find(given), mask), texts)
  }

  function json<T extends Json>(value: T): T {
    return secrets.size === 0 ? value : (deep(value, text) as T)
  }

  return {
    add(secret) {
      if (secret === '' || secrets.has(secret)) return
      secrets.add(secret)
      compiled = undefined
    },
    get isEmpty() {
      return secrets.size === 0
    },
    text,
    json,
    lines(lines) {
      if (secrets.size === 0) return [...lines]
      return maskAcross(lines.map(text), joined => current().matcher.find(joined, shortestSplit), mask)
    },
    unfinishedLines(lines) {
      if (secrets.size === 0) return 0
      let rest = unfinishedLength(lines.slice(-mostHeldLines).join(''), current().texts)
      let count = 0
      for (; rest > 0; count++) rest -= Math.max(lines.at(-1 - count)?.length ?? rest, 0)
      return count
    },
    holdsSecret: value => secrets.size > 0 && JSON.stringify(json(value)) !== JSON.stringify(value),
  }
}

/** A secret that is written one character a line is followed so far. */
const mostHeldLines = 1000

type Compiled = {
  matcher: Matcher
  /** Too short to be looked for within a text. */
  whole: ReadonlySet<string>
  /** Long ones, for what is split. */
  texts: readonly string[]
}

function compile(secrets: ReadonlySet<string>): Compiled {
  const spellings = [...secrets].flatMap(spellingsOf)
  return {
    matcher: createMatcher(spellings),
    whole: new Set([...secrets].map(secret => secret.trim()).filter(secret => secret.length < shortest)),
    texts: [...new Set(spellings.map(({ text }) => text).filter(text => text.length >= shortestSplit))],
  }
}

/** Shorter ones would be found across the ends of innocent lines. */
const shortestSplit = 6

/** Where a long line was cut, its end may be the beginning of a secret. */
function hideBeforeCut(text: string, texts: readonly string[]): string {
  const cut = / (?:\.\.\. )?\[(?:line )?cut: /.exec(text)
  if (cut === null) return text
  const kept = text.slice(0, cut.index)
  const length = unfinishedLength(kept, texts)
  return length === 0 ? text : `${kept.slice(0, -length)}${mask}${text.slice(cut.index)}`
}

function deep(value: Json, text: (text: string) => string): Json {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : mask
  if (Array.isArray(value)) return value.map(item => deep(item, text))
  if (!isJsonObject(value)) return value
  const masked: JsonObject = {}
  for (const [name, child] of Object.entries(value)) {
    Object.defineProperty(masked, text(name), {
      value: deep(child, text),
      ...{ enumerable: true, configurable: true, writable: true },
    })
  }
  return masked
}
