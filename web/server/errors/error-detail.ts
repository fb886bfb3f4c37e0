import type { Diagnostic } from '#language/diagnostics'
import type { ErrorDetail } from './app-error'

/** `['tasks', 0, 'uri']` -> `tasks[0].uri` */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')
}

/** A diagnostic as it stands in a reply. */
export function detailOfDiagnostic(diagnostic: Diagnostic): ErrorDetail {
  const { message, code, severity, path, range } = diagnostic
  return { message, code, severity, path: formatPath(path), line: range.line, column: range.column }
}
