import type { Document } from 'yaml'
import type { Diagnostic, SourceMap } from '../diagnostics'
import type { Json } from '../json'
import { explain } from './explain'
import { readDocuments } from './read-documents'
import { createSourceMap, Lines, type Place } from './source-map'
import { toValue } from './to-value'

export type ParseLimits = {
  maxBytes: number
  maxDepth: number
  /** Values after aliases are resolved: a bomb of aliases ends here. */
  maxNodes: number
  maxAliases: number
}

const defaultParseLimits: ParseLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 100,
  maxNodes: 50_000,
  maxAliases: 1000,
}

export type YamlResult = {
  /** Undefined where nothing can be read. */
  value: Json | undefined
  diagnostics: Diagnostic[]
  source: SourceMap
  /** What follows this offset may be misread, because the text is broken there. */
  readableUntil: number
  /** The syntax tree, for edits of the text; undefined where there is none. */
  document: Document.Parsed | undefined
}

const emptyText = 'the text is empty; a flow starts with its id'

/** Reads one YAML 1.2 document; problems are explained at their place, whatever the text is. */
export function readYaml(text: string, given: Partial<ParseLimits> = {}): YamlResult {
  const limits = { ...defaultParseLimits, ...given }
  if (isLongerThan(text, limits.maxBytes)) {
    return unreadable('', `the text is larger than ${limits.maxBytes} bytes, the most a flow may have`)
  }
  const documents = readDocuments(text, limits.maxDepth)
  if (documents === null) return unreadable(text, `nested deeper than ${limits.maxDepth} levels`)
  const [document, second] = documents
  if (document === undefined) return unreadable(text, emptyText, 'YAML_SYNTAX')
  const lines = new Lines(text)
  const { diagnostics, readableUntil } = explain(document, text, lines)
  const read = toValue(document, text, lines, limits)
  const source = createSourceMap(text, lines, read.place)
  const isBlank = read.value === undefined && diagnostics.length === 0 && read.diagnostics.length === 0
  if (isBlank) return unreadable(text, emptyText, 'YAML_SYNTAX')
  const all = onePerLine([...read.diagnostics, ...diagnostics])
  if (second !== undefined) all.push(secondDocument(second, lines))
  return { value: read.value, diagnostics: all, source, readableUntil, document }
}

/** Of several mistakes of syntax in a line the first explains, the rest is its echo. */
function onePerLine(diagnostics: Diagnostic[]): Diagnostic[] {
  const lines = new Set<number>()
  return diagnostics.filter(({ code, range }) => {
    if (code !== 'YAML_SYNTAX') return true
    const isFirst = !lines.has(range.line)
    lines.add(range.line)
    return isFirst
  })
}

function secondDocument(document: Document.Parsed, lines: Lines): Diagnostic {
  const [start] = document.range
  const message = 'one text holds one flow; save what follows --- as another'
  return { code: 'YAML_SYNTAX', severity: 'error', message, path: [], range: lines.range(start, start) }
}

function isLongerThan(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes)
}

function unreadable(text: string, message: string, code: 'YAML_LIMIT' | 'YAML_SYNTAX' = 'YAML_LIMIT'): YamlResult {
  const lines = new Lines(text)
  const place: Place = { start: 0, end: Math.max(0, text.indexOf('\n')) }
  const range = lines.range(place.start, place.end)
  return {
    value: undefined,
    diagnostics: [{ code, severity: 'error', message, path: [], range }],
    source: createSourceMap(text, lines, place),
    readableUntil: 0,
    document: undefined,
  }
}
