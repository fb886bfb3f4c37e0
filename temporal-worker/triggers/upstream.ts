/** The execution that came to a state, as triggers that follow it see it. */
import type { Execution, ExecutionEvent } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import type { ConditionContext } from '#language/define-plugin'
import type { Label } from '#language/flow'
import { isJsonObject, type JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import { nestByDots, setPath } from '../workflows/tree'

/** The label that all executions of one cause have in common. */
export const correlationLabel = 'system.correlationId'

export type Upstream = {
  event: ExecutionEvent
  execution: NonNullable<ConditionContext['execution']>
  revision: number
  startDate: Date | null
  endDate: Date | null
  /** What expressions see of it: as its own tasks did. */
  scope: JsonObject
}

/** Null where it is gone, or was only to try its flow. */
export async function readUpstream(tx: Transaction, event: ExecutionEvent): Promise<Upstream | null> {
  const { tenantId, executionId: id, state } = event
  const row = await tx.execution.findUnique({ where: { tenantId_id: { tenantId, id } } })
  if (row === null || row.kind !== 'NORMAL') return null
  const { namespace, flowId, flowRevision, startDate, endDate } = row
  const labels = row.labels as Label[]
  const outputs = isJsonObject(row.outputs) ? row.outputs : {}
  const execution = { id, namespace, flowId, state, labels, outputs, retriedStates: [] }
  return { event, execution, revision: flowRevision, startDate, endDate, scope: scopeOf(row, state) }
}

function scopeOf(row: Execution, state: string): JsonObject {
  const plan = row.plan as unknown as Plan
  const trigger = isJsonObject(row.trigger) ? row.trigger.variables : undefined
  return {
    flow: { ...plan.flow, tenantId: row.tenantId },
    execution: {
      id: row.id,
      state,
      originalId: row.originalId ?? row.id,
      ...(row.startDate === null ? {} : { startDate: row.startDate.toISOString() }),
      ...(isJsonObject(row.outputs) ? { outputs: row.outputs } : {}),
    },
    labels: nestByDots((row.labels as Label[]).map(({ key, value }) => [key, value] as const)),
    inputs: row.inputs as JsonObject,
    vars: isJsonObject(row.variables) ? row.variables : plan.variables,
    ...(isJsonObject(trigger) ? { trigger } : {}),
  }
}

/** `trigger.*` of what follows it. */
export function upstreamVariables({ execution, revision, startDate, endDate }: Upstream): JsonObject {
  const { id, namespace, flowId, state, labels, outputs } = execution
  const shown = labels.filter(({ key }) => key !== correlationLabel)
  return {
    executionId: id,
    namespace,
    flowId,
    flowRevision: revision,
    state,
    executionLabels: nestByDots(shown.map(({ key, value }) => [key, value] as const)),
    ...(startDate === null ? {} : { startDate: startDate.toISOString() }),
    ...(endDate === null ? {} : { endDate: endDate.toISOString() }),
    outputs,
  }
}

/** The same with what its tasks left, for triggers that ask for that. */
export async function withTaskRuns(tx: Transaction, upstream: Upstream): Promise<Upstream> {
  const { tenantId, executionId } = upstream.event
  const runs = await tx.taskRun.findMany({
    where: { tenantId, executionId },
    orderBy: { position: 'asc' },
    select: { id: true, taskId: true, parentId: true, value: true, attempts: true, outputs: true },
    take: mostTaskRuns,
  })
  const outputs: JsonObject = {}
  const byId = new Map(runs.map(run => [run.id, run]))
  for (const run of runs) {
    if (!isJsonObject(run.outputs)) continue
    const values: string[] = []
    for (let at: typeof run | undefined = run; at !== undefined; at = byId.get(at.parentId ?? '')) {
      if (at.value !== null) values.unshift(at.value)
    }
    setPath(outputs, [run.taskId, ...values], run.outputs)
  }
  const retried = runs.map(run => run.attempts as Attempt[]).filter(attempts => attempts.length > 1)
  const retriedStates = retried.flatMap(attempts => attempts.flatMap(({ histories }) => histories.at(-1)?.state ?? []))
  return { ...upstream, execution: { ...upstream.execution, retriedStates }, scope: { ...upstream.scope, outputs } }
}

type Attempt = { histories: { state: string }[] }

/** Of a loop over very many values the first have to do. */
const mostTaskRuns = 10_000
