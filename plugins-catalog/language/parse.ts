import type { Catalog } from './catalog'
import { checkFlow } from './check/check-flow'
import type { Diagnostic, SourceMap } from './diagnostics'
import type { Flow } from './flow'
import { type ParseLimits, readYaml } from './yaml/read-yaml'

export type ParseResult = {
  /** Null where the text is no flow at all. Run it only if no diagnostic is an error. */
  flow: Flow | null
  /** All problems of all stages, in the order of the text. */
  diagnostics: Diagnostic[]
  source: SourceMap
}

/** Reads a flow from its YAML text. Pure; never throws, whatever the text is. */
export function parseFlow(text: string, catalog: Catalog, limits: Partial<ParseLimits> = {}): ParseResult {
  const { value, diagnostics, source } = readYaml(text, limits)
  if (value === undefined) return { flow: null, diagnostics, source }
  const checked = checkFlow(value, catalog, source)
  return { flow: checked.flow, diagnostics: inTextOrder([...diagnostics, ...checked.diagnostics]), source }
}

function inTextOrder(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.range.start - b.range.start)
}
