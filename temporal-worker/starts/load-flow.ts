import { readNamespaceSettings } from '#db/namespaces'
import { compile } from '#language/compile'
import { type LeveledDefault, levelDefaults } from '#language/compile/defaults'
import { formatDiagnostic } from '#language/diagnostics'
import { Concurrency, type Flow } from '#language/flow'
import type { JsonObject } from '#language/json'
import { toNamespaceContext } from '#language/namespace-context'
import { parseFlow } from '#language/parse'
import type { Plan } from '#language/plan'
import type { ActivityDependencies } from '../activities/dependencies'
import { withOutputs } from './subflow-outputs'

export type FlowRef = { tenantId: string; namespace: string; flowId: string }
export type LoadedFlow = {
  flow: Flow
  plan: Plan
  concurrency: Concurrency | null
  /** Of its namespaces and its own, for plugins that are not in the plan: triggers. */
  defaults: LeveledDefault[]
}

/** A flow as it can be started now, of its newest revision by default; else why it can't be. `outputs`: see `withOutputs`. */
export async function loadFlow(
  deps: Pick<ActivityDependencies, 'db' | 'catalog'>,
  { tenantId, namespace, flowId }: FlowRef,
  { revision, outputs }: { revision?: number | undefined; outputs?: JsonObject | undefined } = {},
): Promise<LoadedFlow | { failure: string }> {
  const db = deps.db(tenantId)
  const name = `${namespace}.${flowId}`
  const current = await db.flow.findUnique({ where: { tenantId_namespace_id: { tenantId, namespace, id: flowId } } })
  if (current === null || current.deleted) return { failure: `Unable to find flow '${namespace}'.'${flowId}'` }
  if (current.disabled) return { failure: `The flow ${name} is disabled` }
  const wanted = revision ?? current.revision
  const stored = await db.flowRevision.findUnique({
    where: { tenantId_namespace_flowId_revision: { tenantId, namespace, flowId, revision: wanted } },
  })
  if (stored === null) return { failure: `The flow ${name} has no revision ${wanted}` }
  const settings = await readNamespaceSettings(db, tenantId, namespace)
  const namespaceSays = settings === null ? undefined : toNamespaceContext(settings)
  const options = { namespaceDefaults: namespaceSays?.pluginDefaults }
  const { flow, diagnostics, source } = parseFlow(stored.source, deps.catalog, options)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (flow === null || errors.length > 0) {
    return { failure: `The flow ${name} is not valid: ${errors.map(formatDiagnostic).join('; ')}` }
  }
  const plan = compile(withOutputs(flow, outputs), deps.catalog, { revision: wanted, source, namespace: namespaceSays })
  return {
    flow,
    plan,
    concurrency: current.concurrency === null ? null : Concurrency.parse(current.concurrency),
    defaults: levelDefaults([...(namespaceSays?.pluginDefaults ?? []), flow.pluginDefaults]),
  }
}
