/** An execution's row and its workflow, begun together so that neither is left alone. */
import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import type { ResumeFrom } from '#worker/contract'
import type { Label } from '../schemas'
import type { Scope } from '../tenant-scope'
import { endUnstarted } from './end-unstarted'
import type { Execution } from './execution'
import { getExecution } from './get-execution'
import { startWorkflow } from './start-workflow'
import { startAndWait } from './wait-for-end'

export type NewExecution = {
  id: string
  plan: Plan
  inputs: JsonObject
  labels: Label[]
  originalId?: string
  scheduleDate?: Date
  resumeFrom?: ResumeFrom
}

/**
 * Inserts the row, then starts the workflow. Should the second fail, the sweep finds the row and starts it later; only
 * what Temporal will never take is FAILED at once.
 */
export async function openExecution(
  scope: Scope,
  execution: NewExecution,
  { wait = false, signal }: { wait?: boolean; signal?: AbortSignal } = {},
): Promise<Execution> {
  const start = () => insertAndStart(scope, execution)
  if (wait) return startAndWait(scope, { id: execution.id, start, signal })
  await start()
  return getExecution(scope, execution.id)
}

const insertSql = `
INSERT INTO execution (tenant_id, id, namespace, flow_id, flow_revision, state, histories, inputs, labels, plan,
  original_id, schedule_date, resume_from, created_at)
VALUES ($1::uuid, $2, $3, $4, $5::int, 'CREATED', $6::jsonb, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11::timestamptz,
  $12::jsonb, $13::timestamptz)`

async function insertAndStart(scope: Scope, execution: NewExecution): Promise<void> {
  const { tenantId } = scope
  const { id, plan, inputs, labels, originalId = id, scheduleDate, resumeFrom } = execution
  const createdAt = new Date()
  await scope.db.sql({
    name: 'insert-execution',
    text: insertSql,
    values: [
      tenantId,
      id,
      plan.flow.namespace,
      plan.flow.id,
      plan.flow.revision,
      JSON.stringify([{ state: 'CREATED', date: createdAt.toISOString() }]),
      JSON.stringify(inputs),
      JSON.stringify(labels),
      JSON.stringify(plan),
      originalId,
      scheduleDate?.toISOString() ?? null,
      resumeFrom === undefined ? null : JSON.stringify(resumeFrom),
      createdAt.toISOString(),
    ],
  })
  const result = await startWorkflow(
    {
      tenantId,
      executionId: id,
      plan,
      inputs,
      labels,
      originalId,
      createdAtMs: createdAt.getTime(),
      attempt: 1,
      resumeFrom,
    },
    { delayMs: scheduleDate && scheduleDate.getTime() - Date.now() },
  )
  if (result.outcome === 'refused') await endUnstarted(scope, id, { state: 'FAILED', reason: result.reason })
}
