import type { Catalog } from './catalog'
import { checkFlow } from './check/check-flow'
import type { Diagnostic, DiagnosticCode, SourceMap } from './diagnostics'
import type { Flow, PluginDefault } from './flow'
import { type ParseLimits, readYaml } from './yaml/read-yaml'

export type ParseResult = {
  /** Null where the text is no flow. It may be run only if no diagnostic is an error. */
  flow: Flow | null
  /** All problems of all stages, in the order of the text. */
  diagnostics: Diagnostic[]
  source: SourceMap
}

export type ParseOptions = Partial<ParseLimits> & {
  /** Of the namespaces around the flow, outermost first: what they give, a task needn't say. */
  namespaceDefaults?: PluginDefault[][] | undefined
}

/** Shown at most, so that an answer about a hopeless text stays small. */
const maxDiagnostics = 200

/** Reads a flow from its YAML text. Pure; never throws, whatever the text is. */
export function parseFlow(text: string, catalog: Catalog, options: ParseOptions = {}): ParseResult {
  const { namespaceDefaults, ...limits } = options
  const { value, diagnostics, source, readableUntil } = readYaml(text, limits)
  if (value === undefined) return { flow: null, diagnostics: firstOf(diagnostics), source }
  const checked = checkFlow(value, catalog, source, namespaceDefaults)
  const isBroken = readableUntil < Number.POSITIVE_INFINITY
  const sure = isBroken ? checked.diagnostics.filter(found => isSure(found, readableUntil)) : checked.diagnostics
  return { flow: isBroken ? null : checked.flow, diagnostics: firstOf([...diagnostics, ...sure]), source }
}

/** What may be an echo of broken YAML: something may only seem to be missing, because the rest of the text wasn't read. */
const doubtful: readonly DiagnosticCode[] = ['MISSING_PROPERTY', 'UNKNOWN_VARIABLE', 'TASK_NOT_BEFORE']

function isSure({ code, range }: Diagnostic, readableUntil: number): boolean {
  return range.end <= readableUntil && !doubtful.includes(code)
}

function firstOf(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.range.start - b.range.start).slice(0, maxDiagnostics)
}
