import pg from 'pg'

export type Amounts = {
  /** Executions over the last 30 days. */
  executions: number
  /** Log lines of these over the last 30 days. */
  lines: number
  /** Lines of one execution. */
  logLines: number
}

export const longExecution = 'execution-with-a-long-log'

/**
 * A thousand flows in forty namespaces with two triggers each. Few flows run often and many seldom, more by day than by night,
 * each about as long as it always does, some fail; straight into Postgres, as its owner.
 */
export async function seed(url: string, tenantId: string, amounts: Amounts): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // No trigger of the database runs: it would write a row of events for each.
    await client.query('set session_replication_role = replica')
    await client.query("set maintenance_work_mem = '256MB'")
    await client.query(flowsSql, [tenantId])
    await client.query(executionsSql, [tenantId, amounts.executions])
    await client.query(triggersSql, [tenantId, amounts.executions])
    await client.query(longSql, [tenantId, longExecution])
    await client.query(partitionsSql)
    await withoutIndexes(client, 'log', async () => {
      await client.query(linesSql, [tenantId, amounts.executions, amounts.lines])
      await client.query(longLinesSql, [tenantId, longExecution, amounts.logLines])
    })
    await client.query(statisticsSql)
    for (const table of ['flow', 'trigger', 'execution', 'log', 'execution_stat', 'namespace_stat', 'flow_stat'])
      await client.query(`vacuum analyze ${table}`)
  } finally {
    await client.end()
  }
}

/** What many rows are written to is indexed when they are there: so it is done in a fraction of the time. */
async function withoutIndexes(client: pg.Client, table: string, write: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string; key: string | null }>(indexesSql, [table])
  for (const { name, key } of rows)
    await client.query(key ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`)
  await write()
  for (const { name, definition, key } of rows)
    await client.query(key ? `alter table ${table} add constraint ${name} ${key}` : definition)
}

const indexesSql = `
select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition,
  pg_get_constraintdef(c.oid) as key
from pg_index i left join pg_constraint c on c.conindid = i.indexrelid where i.indrelid = $1::regclass`

const flowCount = 1000
const namespaceCount = 40

/** Where a share of 0 to 1 of the last 30 days ended: seven times as much happens by day as by night. */
const timeOf = (share: string) => `now() - interval '30 days' * (${share} + sin(${share} * 60 * pi()) / 250)`
/** Spread evenly over 0 to 1, and always the same. */
const spread = (number: string) => `(${number} * 0.6180339887498949 - floor(${number} * 0.6180339887498949))`
const idOf = (number: string) => `substr(md5((${number})::text), 1, 22)`
/** The number of the flow of an execution. */
const flowOf = (number: string) => `floor(${flowCount} * power(${spread(number)}, 3))::int`
const inFlow = (flow: string) => `'company.team' || ${flow} % ${namespaceCount}, 'flow_' || ${flow}`

const flowsSql = `
insert into flow (tenant_id, namespace, id, revision, description, labels)
select $1::uuid, ${inFlow('i')}, 1, 'Loads what team ' || i % ${namespaceCount} || ' sold, part ' || i,
  jsonb_build_array(jsonb_build_object('key', 'team', 'value', 't' || i % 50))
from generate_series(0, ${flowCount - 1}) i`

const triggersSql = `
insert into trigger (tenant_id, namespace, flow_id, trigger_id, type, kind, definition, disabled, next_date, last_date,
  last_execution_id, error, is_synced)
select $1::uuid, ${inFlow('f')}, kind, 'io.kestra.plugin.core.trigger.' || initcap(kind), kind, '{"cron": "0 * * * *"}', f % 31 = 0,
  case kind when 'schedule' then now() + f * interval '1 minute' end, now() - f * interval '1 minute',
  ${idOf('1 + f * ($2::int / 2000)')}, case when f % 43 = 0 then 'Nothing answered' end, true
from generate_series(0, ${flowCount - 1}) f, unnest(array['schedule', 'webhook']) kind`

const executionsSql = `
insert into execution (tenant_id, id, namespace, flow_id, flow_revision, state, histories, inputs, labels, plan, trigger, created_at,
  start_date, end_date, version)
select $1::uuid, ${idOf('i')}, ${inFlow('flow')}, 1, state,
  jsonb_build_array(jsonb_build_object('state', 'CREATED', 'date', at), jsonb_build_object('state', state, 'date', at)),
  '{"day": "2026-01-01"}',
  jsonb_build_array(jsonb_build_object('key', 'team', 'value', 't' || flow % 50),
    jsonb_build_object('key', 'batch', 'value', 'b' || i / 500),
    jsonb_build_object('key', 'system.correlationId', 'value', ${idOf('i')})),
  '{}', case when i % 3 > 0 then '{"id": "schedule", "type": "io.kestra.plugin.core.trigger.Schedule"}'::jsonb end,
  at, at, case when state <> 'RUNNING' then at + ms * interval '1 ms' end, 3
from generate_series(1, $2::int) i
  cross join lateral (select ${flowOf('i')} as flow, ${timeOf('(i::float8 / $2::int)')} as at) t
  cross join lateral (select case when i <= 50 then 'RUNNING' when i % 23 = 0 or flow % 97 = 5 and i % 3 = 0 then 'FAILED'
    when i % 97 = 0 then 'WARNING' when i % 389 = 0 then 'KILLED' else 'SUCCESS' end as state,
    200 * exp(9 * ${spread('flow')} + 0.5 * (random() + random() + random() - 1.5)) as ms) s`

/** A partition for today and each day of the past month, as if the installation had lived so long. */
const partitionsSql = `
do $$ declare day date; name text; begin
  for n in 0..31 loop
    day := (now() at time zone 'UTC')::date - n;
    name := 'log_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('log_partitions.' || name) is not null;
    execute format('create table log_partitions.%I (like log including defaults including constraints)', name);
    execute format('alter table log_partitions.%I enable row level security', name);
    execute format('alter table log attach partition log_partitions.%I for values from (%L) to (%L)', name,
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  end loop;
end $$`

const lineColumns = `tenant_id, execution_id, task_run_id, attempt, sequence, timestamp, namespace, flow_id, task_id, level, message`
const levelOf = `case when i % 211 = 0 then 'ERROR' when i % 97 = 0 then 'WARN' when i % 5 = 0 then 'DEBUG' else 'INFO' end`

/** What tasks say: one of ten sentences, with words of twenty and numbers. */
const sentences = [
  'Row %2$s of the table %1$s was written to s3://bucket/%1$s/part-%3$s',
  'Fetched %3$s records of %1$s from https://api.example.com/v2/%1$s?page=%2$s',
  'Retrying the request to %1$s after %3$s ms: 503 Service Unavailable',
  '{"event": "checkpoint", "stream": "%1$s", "offset": %2$s, "lag": %3$s}',
  'Downloading https://repo.example.com/packages/%1$s-1.%3$s.0.tar.gz',
  'SELECT count(*) FROM %1$s WHERE batch = %2$s returned %3$s rows in 0.%3$s s',
  'Processed batch %2$s: %3$s inserted, 0 rejected (%1$s)',
  'Connection to the %1$s warehouse is open, session %2$s, pool of %3$s',
  'WARN [main] org.example.loader.%1$s - the heap is at %3$s MB, item %2$s',
  'Done with %1$s in %3$s ms',
]
const words = `orders customers invoices payments shipments products returns carts sessions clicks
  campaigns suppliers stock prices refunds tickets reviews ledgers accounts regions`.split(/\s+/)
const listOf = (texts: string[]) => `array[${texts.map(text => pg.escapeLiteral(text)).join(', ')}]`
const messageOf = `format((${listOf(sentences)})[1 + i % ${sentences.length}], (${listOf(words)})[1 + i / 10 % 7919 % ${words.length}], i, i % 977)`

/** The oldest first, so that positions grow as they would. */
const linesSql = `
insert into log (${lineColumns})
select $1::uuid, ${idOf('number')}, 'run-' || i % 3, 1, i, ${timeOf('(i::float8 / $3::int)')}, ${inFlow('flow')},
  'task_' || i % 3, ${levelOf}, ${messageOf}
from (select generate_series($3::int, 1, -1) as i) g
  cross join lateral (select 1 + (i::bigint * $2::int / ($3::int + 1))::int as number) e
  cross join lateral (select ${flowOf('number')} as flow) f`

const longSql = `
insert into execution (tenant_id, id, namespace, flow_id, flow_revision, state, plan, created_at, start_date, end_date)
select $1::uuid, $2, ${inFlow('0')}, 1, 'SUCCESS', '{}', now() - interval '2 hours', now() - interval '2 hours',
  now() - interval '1 hour'`

const longLinesSql = `
insert into log (${lineColumns})
select $1::uuid, $2, 'run-' || i % 3, 1, i, now() - interval '2 hours' + i * interval '1 hour' / $3::int, ${inFlow('0')},
  'task_' || i % 3, ${levelOf}, ${messageOf}
from generate_series(1, $3::int) i`

/** As migrations 0090 and 0120 do with what ran before them. */
const statisticsSql = `
insert into execution_stat (tenant_id, minutes, slot, namespace, flow_id, state, duration_class, executions)
select tenant_id, w.minutes, slot_of(created_at, w.minutes), namespace, flow_id, state, duration_class(start_date, end_date), count(*)
from execution, stat_widths() w where is_ended(state) and created_at > now() - w.kept group by 1, 2, 3, 4, 5, 6, 7 order by 2, 3;
insert into namespace_stat (tenant_id, minutes, slot, namespace, state, duration_class, executions)
select tenant_id, minutes, slot, around, state, duration_class, sum(executions)
from execution_stat, namespaces_around(namespace) around group by 1, 2, 3, 4, 5, 6 order by 2, 3;
insert into flow_stat (tenant_id, minutes, slot, namespace, flow_id, executions, failed)
select tenant_id, w.minutes, slot_of(created_at, w.minutes), namespace, flow_id, count(*), count(*) filter (where state = 'FAILED')
from execution, flow_stat_widths() w where is_ended(state) and created_at > now() - w.kept group by 1, 2, 3, 4, 5 order by 2, 3`
