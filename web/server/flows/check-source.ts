import { catalog } from '#catalog/manifests'
import { compile, type NamespaceContext } from '#language/compile'
import type { Diagnostic } from '#language/diagnostics'
import type { Flow } from '#language/flow'
import { parseFlow } from '#language/parse'
import type { Plan } from '#language/plan'
import { AppError } from '../errors/app-error'
import { detailOfDiagnostic } from '../errors/error-detail'

/** A flow's text, understood. `plan` is null where a problem keeps it from running. */
export type CheckedSource = { flow: Flow | null; plan: Plan | null; diagnostics: Diagnostic[] }

type CheckOptions = { revision?: number; namespace?: NamespaceContext | undefined }

export function checkSource(text: string, { revision, namespace }: CheckOptions = {}): CheckedSource {
  const { flow, diagnostics, source } = parseFlow(text, catalog, { namespaceDefaults: namespace?.pluginDefaults })
  const canRun = flow !== null && !diagnostics.some(({ severity }) => severity === 'error')
  return { flow, diagnostics, plan: canRun ? compile(flow, catalog, { revision, source, namespace }) : null }
}

export function invalidFlow(diagnostics: Diagnostic[]): AppError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const first = errors[0]
  const place = first ? ` (line ${first.range.line}, column ${first.range.column})` : ''
  const more = errors.length > 1 ? `; and ${errors.length - 1} more` : ''
  return new AppError(
    'INVALID',
    `Invalid flow: ${first?.message ?? 'it is no flow'}${place}${more}`,
    diagnostics.map(detailOfDiagnostic),
  )
}
