import type { Diagnostic, DiagnosticCode, SourceMap } from '../diagnostics'

export type Path = (string | number)[]

/** What a check found; becomes a diagnostic when its place in the text is looked up. */
export type Problem = {
  code: DiagnosticCode
  severity?: 'warning'
  message: string
  path: Path
  /** Points at the property's name instead of its value. */
  at?: 'key'
  /** Place within the text at the path, from 1. */
  within?: { line: number; column: number }
}

export function toDiagnostic(problem: Problem, source: SourceMap): Diagnostic {
  const { code, severity = 'error', message, path, at, within } = problem
  const range = within === undefined ? source.rangeOf(path, at) : source.rangeInText(path, within.line, within.column)
  return { code, severity, message, path, range }
}
