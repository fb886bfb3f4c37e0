import type { Span } from './matcher'

/**
 * Hides what is split over several lines: the lines are read as if there were no ends between them, and each keeps only
 * what does not belong to a secret.
 */
export function maskAcross(lines: readonly string[], find: (joined: string) => Span[], mask: string): string[] {
  const pieces = lines.map(line => line.split(/\r?\n/))
  const flat = pieces.flat()
  if (flat.length <= 1) return [...lines]
  const masked = hideInLines(flat, find(flat.join('')), mask)
  return pieces.map(({ length }) => masked.splice(0, length).join('\n'))
}

/** Spans are in order, as the lines are, so that both are gone through once. */
function hideInLines(lines: readonly string[], spans: readonly Span[], mask: string): string[] {
  let [start, next] = [0, 0]
  return lines.map(line => {
    const [from, to] = [start, start + line.length]
    start = to
    const own: Span[] = []
    for (let span = spans[next]; span !== undefined && span.from < to; span = spans[next]) {
      if (span.to > from) own.push({ from: Math.max(span.from, from) - from, to: Math.min(span.to, to) - from })
      if (span.to > to) break
      next++
    }
    return hideSpans(line, own, mask)
  })
}

/** Puts the mask in the place of each span. */
export function hideSpans(text: string, spans: readonly Span[], mask: string): string {
  if (spans.length === 0) return text
  let result = ''
  let at = 0
  for (const { from, to } of spans) {
    result += text.slice(at, from) + mask
    at = to
  }
  return result + text.slice(at)
}

/** An end of fewer characters tells too little, and is too often one by chance. */
const shortestBeginning = 4

/** How many characters at the end of a text are the beginning of one of the texts, and not all of it. */
export function unfinishedLength(joined: string, texts: readonly string[]): number {
  let longest = 0
  for (const text of texts) longest = Math.max(longest, beginningAtEnd(joined, text))
  return longest >= shortestBeginning ? longest : 0
}

/** The longest beginning of `text` that `joined` ends with: its characters are read once, however long both are. */
function beginningAtEnd(joined: string, text: string): number {
  const end = joined.slice(-(text.length - 1))
  if (!end.includes(text.slice(0, shortestBeginning))) return 0
  const fallbacks = fallbacksOf(text)
  let length = 0
  for (let at = 0; at < end.length; at++) {
    const char = end[at]
    while (length > 0 && text[length] !== char) length = fallbacks[length - 1]!
    if (text[length] === char) length++
  }
  return length
}

/** By length of a beginning, less one: the longest shorter one that it ends with. */
function fallbacksOf(text: string): Uint32Array {
  const fallbacks = new Uint32Array(text.length)
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = fallbacks[length - 1]!
    if (text[at] === text[length]) length++
    fallbacks[at] = length
  }
  return fallbacks
}
