import pg from 'pg'
import { asAppRole } from './client'
import { gatherChanges } from './gather-changes'
import { runScoped, type Statement } from './scoped-sql'
import { workflowLines } from './workflow-lines'

type StateChange = { state: string; date: string }
type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
type JsonMap = { [key: string]: JsonValue }

export type ExecutionRow = {
  state: string
  histories: StateChange[]
  outputs: JsonMap | null
  variables: JsonMap | null
  labels: JsonValue
  error: string | null
  version: number
  startDate: string | null
  endDate: string | null
}

export type TaskRunRow = {
  id: string
  position: number
  taskId: string
  parentId: string | null
  value: string | null
  iteration: number | null
  state: string
  histories: StateChange[]
  attempts: { histories: StateChange[] }[]
  outputs: JsonMap | null
  version: number
  startDate: string | null
  endDate: string | null
}

export type LogRow = {
  taskRunId: string
  attempt: number
  sequence: number
  timestamp: string
  taskId: string | null
  level: string
  message: string
}

export type MetricRow = {
  taskRunId: string
  attempt: number
  sequence: number
  taskId: string
  name: string
  type: string
  value: number
  tags: JsonMap
  timestamp: string
}

/** One batch of what happened in an execution. */
export type ExecutionChanges = {
  execution?: ExecutionRow
  taskRuns: TaskRunRow[]
  removedTaskRuns: string[]
  logs: LogRow[]
  metrics: MetricRow[]
}

export type ExecutionRef = { tenantId: string; executionId: string; namespace: string; flowId: string }

export type ExecutionRecorder = {
  /**
   * Writes a batch whole or not at all, and tells `channel`. Repeating it changes nothing: a row gives way only to a
   * higher version, a log line and a metric are written once.
   */
  record(execution: ExecutionRef, changes: ExecutionChanges): Promise<void>
  close(): Promise<void>
}

/**
 * Written with few round trips, since every execution passes here: one statement for all rows. A line of the workflow is
 * known by its number alone: a worker that died after writing it leaves an activation that another walks at a later time.
 */
const recordSql = `
WITH given AS (SELECT $1::uuid AS tenant_id, $2::text AS execution_id),
changed AS (
  UPDATE execution SET
    state = r.state, histories = r.histories, outputs = r.outputs, variables = r.variables, labels = r.labels,
    error = r.error, version = r.version, start_date = r."startDate", end_date = r."endDate"
  FROM jsonb_to_record($5::jsonb) AS r(
    state text, histories jsonb, outputs jsonb, variables jsonb, labels jsonb, error text, version int,
    "startDate" timestamptz, "endDate" timestamptz)
  WHERE execution.tenant_id = $1::uuid AND execution.id = $2 AND execution.version < r.version
),
removed AS (
  DELETE FROM task_run WHERE tenant_id = $1::uuid AND execution_id = $2 AND id = ANY($7::text[])
),
upserted AS (
  INSERT INTO task_run (tenant_id, execution_id, id, position, task_id, parent_id, value, iteration, state, histories,
    attempts, outputs, version, start_date, end_date)
  SELECT given.tenant_id, given.execution_id, r.id, r.position, r."taskId", r."parentId", r.value, r.iteration, r.state,
    r.histories, r.attempts, r.outputs, r.version, r."startDate", r."endDate"
  FROM given, jsonb_to_recordset($6::jsonb) AS r(
    id text, position int, "taskId" text, "parentId" text, value text, iteration int, state text, histories jsonb,
    attempts jsonb, outputs jsonb, version int, "startDate" timestamptz, "endDate" timestamptz)
  WHERE EXISTS (SELECT FROM execution e WHERE e.tenant_id = given.tenant_id AND e.id = given.execution_id)
  ON CONFLICT (tenant_id, execution_id, id) DO UPDATE SET
    position = excluded.position, parent_id = excluded.parent_id, value = excluded.value,
    iteration = excluded.iteration, state = excluded.state, histories = excluded.histories,
    attempts = excluded.attempts, outputs = excluded.outputs, version = excluded.version,
    start_date = excluded.start_date, end_date = excluded.end_date
  WHERE task_run.version < excluded.version
),
logged AS (
  INSERT INTO log (tenant_id, execution_id, task_run_id, attempt, sequence, timestamp, namespace, flow_id, task_id,
    level, message)
  SELECT given.tenant_id, given.execution_id, r."taskRunId", r.attempt, r.sequence, r.timestamp, $3, $4, r."taskId",
    r.level, r.message
  FROM given, jsonb_to_recordset($8::jsonb) AS r(
    "taskRunId" text, attempt int, sequence int, timestamp timestamptz, "taskId" text, level text, message text)
  WHERE r.sequence < ${workflowLines} OR NOT EXISTS (
    SELECT FROM log l
    WHERE l.tenant_id = given.tenant_id AND l.execution_id = given.execution_id AND l.task_run_id = r."taskRunId"
      AND l.attempt = r.attempt AND l.sequence = r.sequence)
  ON CONFLICT DO NOTHING
),
measured AS (
  INSERT INTO metric (tenant_id, execution_id, task_run_id, attempt, sequence, task_id, name, type, value, tags, timestamp)
  SELECT given.tenant_id, given.execution_id, r."taskRunId", r.attempt, r.sequence, r."taskId", r.name, r.type, r.value,
    r.tags, r.timestamp
  FROM given, jsonb_to_recordset($9::jsonb) AS r(
    "taskRunId" text, attempt int, sequence int, "taskId" text, name text, type text, value float8, tags jsonb,
    timestamp timestamptz)
  ON CONFLICT DO NOTHING
)
SELECT pg_notify($10, $1::text || '/' || $2)::text`

export type RecorderOptions = { channel: string; maxConnections?: number }

/** The one writer of what executions do. */
export function createExecutionRecorder(databaseUrl: string, options: RecorderOptions): ExecutionRecorder {
  const pool = new pg.Pool({ ...asAppRole(databaseUrl), max: options.maxConnections ?? 10, idleTimeoutMillis: 60_000 })
  // A broken idle connection is replaced; without a listener it would end the process.
  pool.on('error', () => {})
  const record = gatherChanges(async (execution, changes) => {
    const statements = [lockStatement(execution), recordStatement(execution, changes, options.channel)]
    await runScoped(pool, { 'app.tenant': execution.tenantId }, statements)
  })
  return {
    record,
    close: () => pool.end(),
  }
}

/** The statement that writes a batch; of an execution that is being created, in the transaction that does so. */
export function recordStatement(execution: ExecutionRef, changes: ExecutionChanges, channel: string): Statement {
  return { name: 'record', text: recordSql, values: toValues(execution, changes, channel) }
}

/** The lock makes the positions of log lines grow in the order of commits, so that a reader who follows misses none. */
function lockStatement({ tenantId, executionId }: ExecutionRef): Statement {
  const text = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))'
  return { name: 'lock-execution', text, values: [`${tenantId}/${executionId}`] }
}

function toValues(execution: ExecutionRef, changes: ExecutionChanges, channel: string): Statement['values'] {
  return [
    execution.tenantId,
    execution.executionId,
    execution.namespace,
    execution.flowId,
    toJson(changes.execution ?? null),
    toJson(changes.taskRuns),
    changes.removedTaskRuns,
    toJson(changes.logs),
    toJson(changes.metrics),
    channel,
  ]
}

/** Postgres refuses NUL and halves of surrogate pairs; JSON.stringify writes both as escapes, and no other so. */
const refusedEscapes = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value).replace(refusedEscapes, '$1\\ufffd')
}
