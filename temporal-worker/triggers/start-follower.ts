import type { Transaction } from '#db/tenant-db'
import { PlanLimitReached } from '#db/usage/plan-limit'
import { isJsonObject, type JsonObject } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import { derivedId } from '../starts/derived-id'
import { loadFlow } from '../starts/load-flow'
import { openExecution } from '../starts/open-execution'
import { triggeredExecution } from '../starts/triggered-execution'
import { setPath } from '../workflows/tree'
import { noteError } from './note-error'
import { describeTriggered } from './start-triggered'
import { loopOf } from './trigger-chain'
import { whereTrigger } from './trigger-row'
import { correlationLabel, type Upstream, upstreamVariables } from './upstream'

/** Starts the workflow of an execution that was written. */
export type Begin = () => Promise<void>

/** What a workflow may be handed of a trigger; more belongs into a file. */
const maxVariableBytes = 1024 * 1024

type Start = {
  ref: TriggerRef
  definition: JsonObject
  upstream: Upstream
  /** Those that came together, oldest first; only this one where absent. */
  executions?: string[]
}

/** Writes the one execution that follows an event, whoever handles it and however often. */
export async function startFollower(
  deps: ActivityDependencies,
  tx: Transaction,
  { ref, definition, upstream, executions = [] }: Start,
): Promise<Begin | undefined> {
  const { execution, event } = upstream
  const { tenantId, namespace, flowId, triggerId } = ref
  const loop = await loopOf(tx, ref, execution.id)
  if (loop !== null) return noteError(tx, ref, loop)
  const loaded = await loadFlow(deps, ref)
  if ('failure' in loaded) return noteError(tx, ref, loaded.failure)
  const executionId = derivedId(tenantId, namespace, flowId, triggerId, execution.id, String(event.position))
  const variables = { ...upstreamVariables(upstream), ...(await readTaskIds(tx, upstream)) }
  const outputs = await joinedOutputs(tx, upstream, executions)
  const correlationId = execution.labels.find(({ key }) => key === correlationLabel)?.value
  const start = {
    executionId,
    definition,
    variables: { ...variables, outputs },
    scope: scopeOf(upstream, outputs),
    ...(correlationId === undefined ? {} : { correlationId }),
  }
  const bytes = Buffer.byteLength(JSON.stringify(outputs))
  const failure = `Outputs of ${bytes} bytes are too many for a trigger: ${maxVariableBytes} are the most. Put them into a file.`
  const asked = { ref, loaded, start }
  const described =
    bytes > maxVariableBytes
      ? triggeredExecution({ ...asked, start: { ...start, variables: { ...variables, outputs: {} } } }, { failure })
      : await describeTriggered(deps, asked)
  const world = { db: deps.db(tenantId), tx, client: deps.client, report: deps.report }
  const opened = await openExecution(world, described).catch((error: unknown) => {
    if (error instanceof PlanLimitReached) return error
    throw error
  })
  if (opened instanceof PlanLimitReached) return noteError(tx, ref, opened.message)
  const now = { lastDate: event.createdAt, evaluatedAt: new Date() }
  await tx.trigger.update({ where: whereTrigger(ref), data: { ...now, lastExecutionId: executionId, error: null } })
  return () => opened.begin()
}

/** Kestra 1 sees the outputs of the upstream's tasks as `outputs`; those of its flow stand beside them. */
function scopeOf({ scope }: Upstream, outputs: JsonObject): JsonObject {
  const { execution, inputs, labels, outputs: ofTasks } = scope
  return {
    execution: execution!,
    inputs: inputs!,
    labels: labels!,
    outputs: { ...(ofTasks as JsonObject), ...outputs },
  }
}

/**
 * Outputs of all that came together, later ones over earlier ones; and each below its namespace and flow, as Kestra 2
 * has them: `trigger.outputs['company.team'].import.name`, or by dots.
 */
async function joinedOutputs(tx: Transaction, { event, execution }: Upstream, ids: string[]): Promise<JsonObject> {
  if (ids.length === 0) return execution.outputs
  const { tenantId } = event
  const select = { id: true, namespace: true, flowId: true, outputs: true }
  const rows = await tx.execution.findMany({ where: { tenantId, id: { in: ids } }, select })
  let joined: JsonObject = {}
  const named: JsonObject = {}
  for (const row of rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))) {
    if (!isJsonObject(row.outputs)) continue
    joined = { ...joined, ...row.outputs }
    setPath(named, [...row.namespace.split('.'), row.flowId], row.outputs)
    setPath(named, [row.namespace, row.flowId], row.outputs)
  }
  return { ...named, ...joined }
}

/** The task that failed first, and the last one. */
async function readTaskIds(tx: Transaction, { event }: Upstream): Promise<JsonObject> {
  const [ids] = await tx.$queryRaw<[{ failed: string | null; last: string | null }]>`
    select (array_agg(task_id order by position) filter (where state = 'FAILED'))[1] as failed,
      (array_agg(task_id order by position desc))[1] as last
    from task_run where tenant_id = ${event.tenantId}::uuid and execution_id = ${event.executionId}`
  return {
    ...(ids.failed === null ? {} : { firstFailedTaskId: ids.failed }),
    ...(ids.last === null ? {} : { lastTaskId: ids.last }),
  }
}
