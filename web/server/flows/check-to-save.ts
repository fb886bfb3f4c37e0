import { catalog } from '#catalog/manifests'
import { toDiagnostic } from '#language/check/problem'
import type { Flow } from '#language/flow'
import { parseFlow } from '#language/parse'
import type { Scope } from '../access/tenant-scope'
import { readNamespaceContext } from '../namespaces/read-namespace-context'
import { type CheckedSource, checkSource, invalidFlow } from './check-source'
import { findRefusedTriggers } from './find-refused-triggers'
import { findTriggerLoop } from './find-trigger-loop'

/** A text with what is around it, the namespaces and the other flows, for whoever saves it or asks what is wrong with it. */
export async function checkSourceIn(scope: Scope, text: string): Promise<CheckedSource> {
  const checked = await checkInNamespace(scope, text)
  if (checked.flow === null || checked.plan === null) return checked
  const whole = { ...scope, db: scope.wholeDb }
  const loop = await findTriggerLoop(whole, checked.flow)
  const problems = [...(await findRefusedTriggers(whole, checked.flow)), ...(loop === undefined ? [] : [loop])]
  if (problems.length === 0) return checked
  const { source } = parseFlow(text, catalog)
  const diagnostics = [...checked.diagnostics, ...problems.map(problem => toDiagnostic(problem, source))]
  return { ...checked, ...(loop !== undefined && { plan: null }), diagnostics }
}

async function checkInNamespace(scope: Scope, text: string): Promise<CheckedSource> {
  const checked = checkSource(text)
  if (checked.flow === null) return checked
  const namespace = await readNamespaceContext(scope, checked.flow.namespace)
  return (namespace?.pluginDefaults ?? []).length === 0 ? checked : checkSource(text, { namespace })
}

/** A flow that may be saved; else all its problems at once. */
export async function requireValidSource(scope: Scope, text: string): Promise<Flow> {
  const { flow, plan, diagnostics } = await checkSourceIn(scope, text)
  if (flow !== null && plan !== null) return flow
  throw invalidFlow(diagnostics)
}
