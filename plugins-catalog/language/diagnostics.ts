/**
 * What can be wrong with a flow. Collected, never thrown: a user sees all problems of a text at once.
 * Every code appears in exactly one place of the language layer.
 */
export type DiagnosticCode =
  | 'YAML_SYNTAX'
  | 'YAML_LIMIT'
  | 'DUPLICATE_KEY'
  | 'FORBIDDEN_KEY'
  | 'UNKNOWN_PROPERTY'
  | 'MISSING_PROPERTY'
  | 'INVALID_VALUE'
  | 'UNKNOWN_TYPE'
  | 'DUPLICATE_ID'
  | 'CYCLE'
  | 'EXPRESSION_SYNTAX'
  | 'UNKNOWN_VARIABLE'
  | 'UNKNOWN_FUNCTION'
  | 'UNKNOWN_FILTER'
  | 'TASK_NOT_BEFORE'
  | 'WRONG_TYPE'
  | 'WRONG_ARGUMENTS'
  | 'DEPRECATED'
  | 'OLDER_DIALECT'
  | 'NOT_SUPPORTED'
  | 'NOT_ADMITTED'

/** Character offsets into the source text, end exclusive; line and column count from 1. */
export type Range = { start: number; end: number; line: number; column: number; endLine: number; endColumn: number }

export type Diagnostic = {
  code: DiagnosticCode
  severity: 'error' | 'warning'
  message: string
  /** Where in the flow, e.g. ['tasks', 0, 'uri']. */
  path: (string | number)[]
  range: Range
}

/** Where each value of a flow stands in its text; made by `parse`, asked by every later check. */
export type SourceMap = {
  /** The range of the value (or, with `key`, of the property's name) at a path; its nearest known ancestor otherwise. */
  rangeOf(path: (string | number)[], what?: 'key' | 'value'): Range
  /** The range of a line and column (from 1) within the text at a path, such as an expression's; the whole text's where that is unclear. */
  rangeInText(path: (string | number)[], line: number, column: number): Range
}

/** `12:5 error UNKNOWN_TYPE tasks[0].type: ...` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const place = diagnostic.path.map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  const { line, column } = diagnostic.range
  return `${line}:${column} ${diagnostic.severity} ${diagnostic.code} ${place.replace(/^\./, '')}: ${diagnostic.message}`
}
