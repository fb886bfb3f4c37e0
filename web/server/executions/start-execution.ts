import type { Concurrency, Flow } from '#language/flow'
import type { JsonObject } from '#language/json'
import { mergeLabels } from '#language/labels'
import type { Plan } from '#language/plan'
import type { Scope, TenantScope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { invalidFlow } from '../flows/check-source'
import { type FlowKey, findFlowRow, understandStored } from '../flows/stored-flow'
import type { Label } from '../schemas'
import { applyChecks } from './apply-checks'
import type { Execution } from './execution'
import { createExecutionId } from './execution-id'
import { openExecution } from './open-execution'
import { resolveStartInputs } from './resolve-start-inputs'

export type StartExecution = FlowKey & {
  /** Given where files were stored under it already. */
  executionId?: string
  inputs: JsonObject
  labels: Label[]
  revision?: number
  wait?: boolean
  scheduleDate?: string
  signal?: AbortSignal
}

/** Starts a flow; with `wait` it resolves with the finished execution. All that is wrong is told at once, and nothing runs then. */
export async function startExecution(scope: Scope, options: StartExecution): Promise<Execution> {
  const { flow, plan, concurrency } = await loadStartable(scope, options)
  const { inputs, readable } = await resolveStartInputs(scope, flow, options.inputs)
  const refused = applyChecks(flow, readable)
  const id = options.executionId ?? createExecutionId()
  const labels = mergeLabels(flow.labels, options.labels, [{ key: 'system.correlationId', value: id }])
  const scheduleDate = options.scheduleDate === undefined ? undefined : new Date(options.scheduleDate)
  return openExecution(scope, { id, plan, concurrency, inputs, labels, scheduleDate, refused }, options)
}

/** The revision to run, which must be one that can. */
export async function loadStartable(
  scope: TenantScope,
  options: FlowKey & { revision?: number },
): Promise<{ flow: Flow; plan: Plan; concurrency: Concurrency | null }> {
  const row = await findFlowRow(scope, options)
  if (row.disabled) throw new AppError('CONFLICT', `The flow ${row.namespace}.${row.id} is disabled`)
  const revision = options.revision ?? row.revision
  const { flow, plan, diagnostics } = await understandStored(scope, options, revision, row.settings)
  if (flow === null || plan === null) throw invalidFlow(diagnostics)
  return { flow, plan, concurrency: row.concurrency }
}
