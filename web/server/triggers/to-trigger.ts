import type { Trigger as TriggerRow } from '#db/generated/client'
import type { JsonObject } from '#language/json'
import { hideSealed } from '#language/sealed'
import { backfillOf } from '#language/triggers/backfill'
import type { Scope } from '../access/tenant-scope'
import { holderKey, listHolders } from './list-holders'
import type { BackfillRecord, TriggerRecord } from './trigger-record'

/** Rows as replies, each with its last execution and the one that holds it. */
export async function toTriggers(scope: Scope, rows: TriggerRow[]): Promise<TriggerRecord[]> {
  const [holders, executions, disabledFlows] = await Promise.all([
    listHolders(scope, rows.filter(isHeldByExecutions)),
    lastExecutions(scope, rows),
    listDisabledFlows(scope, rows),
  ])
  return rows.map(row => ({
    namespace: row.namespace,
    flowId: row.flowId,
    triggerId: row.triggerId,
    type: row.type,
    kind: row.kind as TriggerRecord['kind'],
    definition: row.definition as JsonObject,
    disabled: row.disabled,
    disabledReason: row.disabledReason ?? undefined,
    disabledByFlow: isDisabledInText(row) || disabledFlows.has(`${row.namespace}\n${row.flowId}`),
    date: row.lastDate?.toISOString(),
    nextExecutionDate: row.nextDate?.toISOString(),
    lastExecution: executions.get(row.lastExecutionId ?? ''),
    executionId: holders.get(holderKey(row)),
    error: row.error ?? undefined,
    backfill: toBackfill(row, holders.has(holderKey(row))),
    updatedDate: row.updatedAt.toISOString(),
  }))
}

export function isDisabledInText({ definition }: TriggerRow): boolean {
  return (definition as JsonObject).disabled === true
}

/** Webhooks and flow triggers start as many executions as come; the others wait for theirs, if not told otherwise. */
function isHeldByExecutions(row: TriggerRow): boolean {
  const isAlone = (row.definition as JsonObject).allowConcurrent !== true
  return (row.kind === 'schedule' || row.kind === 'polling') && (isAlone || row.backfill !== null)
}

/** What is begun is done once its execution has ended. */
function toBackfill(row: TriggerRow, isRunning: boolean): BackfillRecord | undefined {
  const backfill = backfillOf(row)
  if (backfill === undefined) return undefined
  const { start, end, currentDate, paused, problem, labels, handled, isExact } = backfill
  const inputs = hideSealed(backfill.inputs) as JsonObject
  const done = Math.max(0, isRunning && backfill.begunAtMs !== undefined ? handled - 1 : handled)
  return {
    start,
    end,
    currentDate,
    paused,
    problem,
    inputs,
    labels,
    done,
    total: Math.max(backfill.total, handled),
    isExact,
  }
}

async function lastExecutions({ db, tenantId }: Scope, rows: TriggerRow[]) {
  const ids = rows.flatMap(row => row.lastExecutionId ?? [])
  const found = await db.execution.findMany({
    where: { tenantId, id: { in: ids } },
    select: { id: true, state: true, createdAt: true },
  })
  return new Map(
    found.map(({ id, state, createdAt }) => [id, { id, state, createdAt: createdAt.toISOString() }] as const),
  )
}

async function listDisabledFlows({ db, tenantId }: Scope, rows: TriggerRow[]): Promise<Set<string>> {
  const found = await db.flow.findMany({
    where: { tenantId, disabled: true, OR: rows.map(({ namespace, flowId }) => ({ namespace, id: flowId })) },
    select: { namespace: true, id: true },
  })
  return new Set(found.map(({ namespace, id }) => `${namespace}\n${id}`))
}
