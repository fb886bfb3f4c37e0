import type { Diagnostic, Range } from '#language/diagnostics'

/**
 * What the server knows that the browser doesn't: a namespace's defaults fill properties that seem to be missing, flows
 * and names of the tenant are looked up. Learnt from its answer to a text, and held against the next ones until it answers.
 */
export type Lesson = { added: Diagnostic[]; denied: string[] }

export type Question = { source: string; lesson: Lesson }
/** `found` by the browser alone, `shown` with what it learnt. */
export type Answer = { source: string; found: Diagnostic[]; shown: Diagnostic[] }

export const noLesson: Lesson = { added: [], denied: [] }

/** Of two answers to the same text. */
export function lessonOf(local: readonly Diagnostic[], server: readonly Diagnostic[]): Lesson {
  const ours = new Set(local.map(keyOf))
  const theirs = new Set(server.map(keyOf))
  return {
    added: server.filter(diagnostic => !ours.has(keyOf(diagnostic))),
    denied: local.map(keyOf).filter(key => !theirs.has(key)),
  }
}

/** `rangeOf` says where a path stands in the text as it is now. */
export function applyLesson(
  found: readonly Diagnostic[],
  { added, denied }: Lesson,
  rangeOf: (path: Diagnostic['path']) => Range,
): Diagnostic[] {
  const wrong = new Set(denied)
  const moved = added.map(diagnostic => ({ ...diagnostic, range: rangeOf(diagnostic.path) }))
  const own = found.filter(diagnostic => !wrong.has(keyOf(diagnostic)))
  return [...own, ...moved].sort((a, b) => a.range.start - b.range.start)
}

function keyOf({ code, path, message }: Diagnostic): string {
  return JSON.stringify([code, path, message])
}
