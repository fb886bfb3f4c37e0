import { createNamespaceAccess } from '#db/namespace-access'
import type { ExecutionRef } from '#db/record-execution'
import type { Flow, Label } from '#language/flow'
import type { JsonObject } from '#language/json'
import { mergeLabels } from '#language/labels'
import type { ExecuteFlowInput } from '../contract'
import { loadFlow } from '../starts/load-flow'
import { refuseRecursion } from '../starts/refuse-recursion'
import { type CreateExecutionResult, createExecutionOnce } from './create-execution'
import type { ActivityDependencies } from './dependencies'
import { resolveGiven } from './resolve-inputs'

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
  trigger?: ExecuteFlowInput['trigger']
  /** What the caller wants from a flow without outputs of its own; not rendered. */
  outputs?: JsonObject
  /** As in `ExecuteFlowInput`, the parent's flow last. */
  callers?: string[]
  /** When it is to begin, as its caller wrote it; now if absent. */
  scheduleDate?: string
}

export type CreateSubflowResult = CreateExecutionResult | { failure: string }

const correlationLabel = 'system.correlationId'

export function createSubflowExecutionCreator(deps: ActivityDependencies) {
  /** Compiles a flow and writes an execution of it; the parent's workflow then starts it as its child. */
  return async function createSubflowExecution(asked: CreateSubflowInput): Promise<CreateSubflowResult> {
    const { tenantId } = asked.parent
    const { callers = [] } = asked
    const recursion = refuseRecursion(callers, `${asked.namespace}.${asked.flowId}`)
    if (recursion !== undefined) return { failure: recursion }
    const access = createNamespaceAccess(deps.db(tenantId), tenantId, asked.parent.namespace)
    const refusal = await access.refusal(`the flow ${asked.flowId}`, asked.namespace)
    if (refusal !== null) return { failure: refusal }
    const ref = { tenantId, namespace: asked.namespace, flowId: asked.flowId }
    const loaded = await loadFlow(deps, ref, { revision: asked.revision, outputs: asked.outputs })
    if ('failure' in loaded) return loaded
    const { flow, plan, concurrency } = loaded
    const scheduleDate = asked.scheduleDate === undefined ? undefined : new Date(asked.scheduleDate)
    if (scheduleDate !== undefined && Number.isNaN(scheduleDate.getTime())) {
      return { failure: `scheduleDate is no date: ${asked.scheduleDate}. Write it as 2030-01-31T10:00:00Z` }
    }
    const resolved = await resolveGiven(deps, {
      definitions: flow.inputs,
      given: asked.inputs,
      scope: { flow: plan.flow },
      place: { tenantId, namespace: asked.namespace, flowId: asked.flowId },
      sealedFor: asked.parent,
    })
    if ('failure' in resolved)
      return { failure: `The inputs of ${asked.namespace}.${asked.flowId}: ${resolved.failure}` }
    const input: ExecuteFlowInput = {
      tenantId,
      executionId: asked.executionId,
      plan,
      inputs: resolved.inputs,
      labels: labelsOf(flow, asked),
      parentId: asked.parent.executionId,
      callers,
      ...(asked.trigger === undefined ? {} : { trigger: asked.trigger }),
      originalId: asked.executionId,
      createdAtMs: Date.now(),
      attempt: 1,
    }
    return createExecutionOnce(deps, { input, concurrency, ...(scheduleDate === undefined ? {} : { scheduleDate }) })
  }
}

/** Later ones win: a flow's own win over what it inherits, those of the task win over both. */
function labelsOf(flow: Flow, { labels, parentLabels, inheritLabels, parent }: CreateSubflowInput): Label[] {
  const correlation = parentLabels.find(({ key }) => key === correlationLabel)?.value ?? parent.executionId
  const inherited = inheritLabels ? parentLabels.filter(({ key }) => !key.startsWith('system.')) : []
  const own = flow.labels.filter(({ key }) => !key.startsWith('system.'))
  return mergeLabels(inherited, own, labels, [{ key: correlationLabel, value: correlation }])
}
