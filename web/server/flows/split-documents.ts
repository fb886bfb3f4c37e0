import type { Diagnostic, Range } from '#language/diagnostics'

/** One document of a YAML text of several, with where it begins. */
export type YamlDocument = { text: string; offset: number; line: number }

const marker = /^---(?=[ \t\r\n]|$)[^\n]*\n?/gm

/** @example splitDocuments('id: a\n---\nid: b\n') -> two documents, the second at line 2 */
export function splitDocuments(source: string): YamlDocument[] {
  const documents: YamlDocument[] = []
  let start = 0
  const add = (end: number) => {
    const text = source.slice(start, end)
    if (text.trim() !== '') documents.push({ text, offset: start, line: countLines(source.slice(0, start)) })
  }
  for (const match of source.matchAll(marker)) {
    add(match.index)
    start = match.index + match[0].length
  }
  add(source.length)
  return documents.length > 0 ? documents : [{ text: source, offset: 0, line: 0 }]
}

/** A problem's place in the whole text instead of in its document. */
export function shiftDiagnostic(diagnostic: Diagnostic, { offset, line }: YamlDocument): Diagnostic {
  if (offset === 0) return diagnostic
  const { range } = diagnostic
  const shifted: Range = {
    ...range,
    start: range.start + offset,
    end: range.end + offset,
    line: range.line + line,
    endLine: range.endLine + line,
  }
  return { ...diagnostic, range: shifted }
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
