import type { Document, ErrorCode, YAMLError } from 'yaml'
import type { Diagnostic } from '../diagnostics'
import type { Lines } from './source-map'
import { hasBareTemplate } from './templates'

/** What a mistake of YAML means for who wrote it, by the reader's code; its own words where none are here. */
const words: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'indent with spaces; YAML takes no tabs',
  BAD_INDENT: 'this line is indented differently from its neighbours',
  BAD_ALIAS: 'quote a value that starts with *',
  BAD_DIRECTIVE: 'quote a value that starts with %',
  BAD_SCALAR_START: 'quote a value that starts with @, ` or %',
  BLOCK_AS_IMPLICIT_KEY: 'quote a value that contains ": " (colon and space)',
  MULTILINE_IMPLICIT_KEY: 'a name of a property must be followed by ":" on the same line',
  MISSING_CHAR: 'something is missing here: a closing quote or bracket, or the ":" after a name',
  BLOCK_IN_FLOW: 'lists and maps in brackets hold no indented blocks; is a closing bracket missing?',
  BAD_DQ_ESCAPE: 'in double quotes a backslash starts an escape; write \\\\ or use single quotes',
  DUPLICATE_KEY: 'the name of a property is there twice',
}

export type Explained = { diagnostics: Diagnostic[]; readableUntil: number }

/** The reader's errors in our words. */
export function explain(document: Document.Parsed, text: string, lines: Lines): Explained {
  const diagnostics = document.errors.map(error => toDiagnostic(error, text, lines))
  const readableUntil = Math.min(
    Number.POSITIVE_INFINITY,
    ...diagnostics.map(({ range }) => lineStart(text, range.start)),
  )
  return { diagnostics, readableUntil }
}

/** One code of the reader's stands for several mistakes; this one is about indentation and not about a character. */
const outsideItem = 'this line is indented less than the list item it belongs to, or its "- " is missing'

function wordsFor(error: YAMLError): string | undefined {
  return error.message.startsWith('Sequence item without') ? outsideItem : words[error.code]
}

function toDiagnostic(error: YAMLError, text: string, lines: Lines): Diagnostic {
  const [start, end] = error.pos
  const bare = bareTemplateNear(text, start)
  const range = bare === null ? lines.range(start, end) : lines.range(bare, lineEnd(text, bare))
  const message = bare === null ? (wordsFor(error) ?? plain(error)) : 'quote a value that starts with {{: "{{ ... }}"'
  return { code: 'YAML_SYNTAX', severity: 'error', message, path: [], range }
}

/** Offset of the unquoted `{{` that an error in its line, or in the line after, comes from. */
function bareTemplateNear(text: string, offset: number): number | null {
  let start = lineStart(text, offset)
  for (let lines = 0; lines < 2; lines++) {
    const line = text.slice(start, lineEnd(text, start))
    if (hasBareTemplate(line)) return start + line.indexOf('{{')
    if (start === 0) return null
    start = lineStart(text, start - 1)
  }
  return null
}

function plain(error: YAMLError): string {
  const message = error.message.split('\n')[0]?.slice(0, 200) ?? ''
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}
