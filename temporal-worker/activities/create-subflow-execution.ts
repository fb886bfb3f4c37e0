import type { ExecutionRef } from '#db/record-execution'
import { compile } from '#language/compile'
import { formatDiagnostic } from '#language/diagnostics'
import type { Flow } from '#language/flow'
import type { JsonObject } from '#language/json'
import { parseFlow } from '#language/parse'
import type { Plan } from '#language/plan'
import type { ExecuteFlowInput } from '../contract'
import { insertExecution } from './create-execution'
import type { ActivityDependencies } from './dependencies'
import { resolveGiven } from './resolve-inputs'

type Label = { key: string; value: string }

export type CreateSubflowInput = {
  parent: ExecutionRef
  /** Chosen by the parent, so that a repeated activity makes the execution once. */
  executionId: string
  namespace: string
  flowId: string
  revision?: number
  inputs: JsonObject
  labels: Label[]
  parentLabels: Label[]
  inheritLabels: boolean
}

export type CreateSubflowResult = { input: ExecuteFlowInput } | { failure: string }

const correlationLabel = 'system.correlationId'

export function createSubflowExecutionCreator(deps: ActivityDependencies) {
  /** Compiles a flow and inserts an execution of it as CREATED; the parent's workflow then starts it as its child. */
  return async function createSubflowExecution(asked: CreateSubflowInput): Promise<CreateSubflowResult> {
    const compiled = await compileFlow(deps, asked)
    if ('failure' in compiled) return compiled
    const { flow, plan } = compiled
    const { tenantId } = asked.parent
    const resolved = resolveGiven(deps, flow.inputs, asked.inputs, { flow: plan.flow })
    if ('failure' in resolved)
      return { failure: `The inputs of ${asked.namespace}.${asked.flowId}: ${resolved.failure}` }
    const input: ExecuteFlowInput = {
      tenantId,
      executionId: asked.executionId,
      plan,
      inputs: resolved.inputs,
      labels: mergeLabels(flow, asked),
      parentId: asked.parent.executionId,
      originalId: asked.executionId,
      createdAtMs: Date.now(),
      attempt: 1,
    }
    await insertExecution(deps, input)
    return { input }
  }
}

async function compileFlow(
  deps: ActivityDependencies,
  { parent, namespace, flowId, revision }: CreateSubflowInput,
): Promise<{ flow: Flow; plan: Plan } | { failure: string }> {
  const { tenantId } = parent
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
  const { flow, diagnostics, source } = parseFlow(stored.source, deps.catalog)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (flow === null || errors.length > 0) {
    return { failure: `The flow ${name} is not valid: ${errors.map(formatDiagnostic).join('; ')}` }
  }
  return { flow, plan: compile(flow, deps.catalog, { revision: wanted, source }) }
}

/** Later ones win. */
function mergeLabels(flow: Flow, { labels, parentLabels, inheritLabels, parent }: CreateSubflowInput): Label[] {
  const correlation = parentLabels.find(({ key }) => key === correlationLabel)?.value ?? parent.executionId
  const inherited = inheritLabels ? parentLabels.filter(({ key }) => !key.startsWith('system.')) : []
  const own = flow.labels.filter(({ key }) => !key.startsWith('system.'))
  const merged = new Map([...own, ...inherited, ...labels].map(({ key, value }) => [key, value]))
  merged.set(correlationLabel, correlation)
  return [...merged].map(([key, value]) => ({ key, value }))
}
