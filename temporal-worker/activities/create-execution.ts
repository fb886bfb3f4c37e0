import { Concurrency } from '#language/flow'
import type { JsonObject } from '#language/json'
import type { ExecuteFlowInput, ExecuteFlowResult } from '../contract'
import { withDefaultWorkers } from '../starts/default-workers'
import { type NewExecution, openExecution } from '../starts/open-execution'
import { isTerminal } from '../workflows/task-run'
import type { ActivityDependencies } from './dependencies'

/**
 * What its starter does next: starts its workflow with `input`, unless it has `ended`, or begins by itself later, at
 * `dueMs`.
 */
export type CreateExecutionResult = { input: ExecuteFlowInput; ended?: ExecuteFlowResult; dueMs?: number }

export function createExecutionCreator(deps: ActivityDependencies) {
  /** Writes an execution that a workflow is about to start. */
  return async function createExecution({ input }: { input: ExecuteFlowInput }): Promise<CreateExecutionResult> {
    const { tenantId, plan } = input
    const { namespace, id } = plan.flow
    const flow = await deps.db(tenantId).flow.findUnique({
      where: { tenantId_namespace_id: { tenantId, namespace, id } },
      select: { concurrency: true },
    })
    const concurrency = flow?.concurrency ? Concurrency.parse(flow.concurrency) : null
    return createExecutionOnce(deps, { input, concurrency })
  }
}

/** Once, however often the activity is repeated: then what was written first counts, and a quota counts no second one. */
export async function createExecutionOnce(
  deps: ActivityDependencies,
  execution: Pick<NewExecution, 'input' | 'concurrency' | 'scheduleDate'>,
): Promise<CreateExecutionResult> {
  const { scheduleDate } = execution
  const input = await withDefaultWorkers(deps.db(execution.input.tenantId), execution.input)
  const known = input.plan.quotas === undefined ? undefined : await findCreated(deps, input)
  if (known !== undefined && scheduleDate === undefined) return known
  const world = { db: deps.db(input.tenantId), client: deps.client, report: deps.report }
  const opened = await openExecution(world, { ...execution, input })
  if (scheduleDate !== undefined && opened.ended === undefined) {
    await opened.begin()
    return { input: opened.input, dueMs: scheduleDate.getTime() }
  }
  const found = opened.isNew ? undefined : await findCreated(deps, input)
  return found ?? { input: opened.input, ...(opened.ended === undefined ? {} : { ended: opened.ended }) }
}

async function findCreated(
  deps: ActivityDependencies,
  input: ExecuteFlowInput,
): Promise<CreateExecutionResult | undefined> {
  const { tenantId, executionId: id } = input
  const row = await deps.db(tenantId).execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { state: true, outputs: true },
  })
  if (row === null) return undefined
  if (isTerminal(row.state)) return { input, ended: { state: row.state, outputs: (row.outputs ?? {}) as JsonObject } }
  return { input: row.state === 'QUEUED' ? { ...input, isQueued: true } : input }
}
