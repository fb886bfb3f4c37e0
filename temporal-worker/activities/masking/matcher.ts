import type { Spelling } from './spellings'

export type Span = { from: number; to: number }

export type Matcher = {
  /** Where any of the spellings stands, in order, without overlaps; `least` leaves shorter spellings out. */
  find(text: string, least?: number): Span[]
}

/** What all spellings begin with, at least. */
const stemLength = 3

/**
 * Finds thousands of spellings (a private key has them) in one pass. No regular expression: those of large secrets are
 * refused, with an error that tells the secret.
 */
export function createMatcher(spellings: readonly Spelling[]): Matcher {
  const byStem = new Map<number, Spelling[]>()
  const isStem = new Uint8Array(stems)
  for (const spelling of spellings.toSorted((a, b) => b.text.length - a.text.length)) {
    const stem = stemAt(spelling.text, 0)
    isStem[stem] = 1
    const others = byStem.get(stem)
    if (others === undefined) byStem.set(stem, [spelling])
    else others.push(spelling)
  }
  return {
    find(text, least = 0) {
      const spans: Span[] = []
      for (let at = 0; at + stemLength <= text.length; at++) {
        const stem = stemAt(text, at)
        if (isStem[stem] === 0) continue
        const found = byStem.get(stem)!.find(known => known.text.length >= least && text.startsWith(known.text, at))
        if (found !== undefined) add(spans, spanOf(text, at, found))
      }
      return spans
    },
  }
}

const stems = 65_536

/** Two texts may have the same; what is found by it is compared. */
function stemAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % stems
}

const base64 = /[\w+/-]/

/** With the characters beside it that hold bits of the secret, too. */
function spanOf(text: string, at: number, { text: { length }, sharesFirst, sharesLast }: Spelling): Span {
  const from = sharesFirst && base64.test(text.charAt(at - 1)) ? at - 1 : at
  let to = at + length
  if (!sharesLast) return { from, to }
  if (base64.test(text.charAt(to))) to++
  while (text.charAt(to) === '=') to++
  return { from, to }
}

function add(spans: Span[], span: Span): void {
  const last = spans.at(-1)
  if (last === undefined || span.from >= last.to) spans.push(span)
  else last.to = Math.max(last.to, span.to)
}
