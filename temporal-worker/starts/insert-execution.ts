import type { Statement } from '#db/scoped-sql'
import type { ExecuteFlowInput } from '../contract'

/** What the row of a new execution holds beside what its workflow is told. */
export type RowOptions = {
  scheduleDate?: Date | undefined
  /** It is queued because the tenant's plan has no room. */
  waitsForPlan?: boolean
}

/** The histories of an execution that waits for a place show so. */
const insertSql = `
INSERT INTO execution (tenant_id, id, namespace, flow_id, flow_revision, state, histories, inputs, labels, plan,
  original_id, schedule_date, resume_from, created_at, parent_id, trigger, attempt, waits_for_plan)
VALUES ($1::uuid, $2, $3, $4, $5::int, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12::timestamptz,
  $13::jsonb, $14::timestamptz, $15, $16::jsonb, $17::int, $18::boolean)
ON CONFLICT (tenant_id, id) DO NOTHING
RETURNING id`

/** Inserts the row of an execution, CREATED or QUEUED; once, however often it is repeated: then without a row. */
export function insertStatement(
  input: ExecuteFlowInput,
  { scheduleDate, waitsForPlan = false }: RowOptions = {},
): Statement {
  const { plan, resumeFrom } = input
  const createdAt = new Date(input.createdAtMs).toISOString()
  const states = input.isQueued ? ['CREATED', 'QUEUED'] : ['CREATED']
  return {
    name: 'insert-execution',
    text: insertSql,
    values: [
      input.tenantId,
      input.executionId,
      plan.flow.namespace,
      plan.flow.id,
      plan.flow.revision,
      input.isQueued ? 'QUEUED' : 'CREATED',
      JSON.stringify(states.map(state => ({ state, date: createdAt }))),
      JSON.stringify(input.inputs),
      JSON.stringify(input.labels),
      JSON.stringify(plan),
      input.originalId,
      scheduleDate?.toISOString() ?? null,
      resumeFrom === undefined ? null : JSON.stringify(resumeFrom),
      createdAt,
      input.parentId ?? null,
      input.trigger === undefined ? null : JSON.stringify(input.trigger),
      input.attempt,
      waitsForPlan,
    ],
  }
}
