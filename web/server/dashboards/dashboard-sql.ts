import { executionStates, isTerminal, terminalStates } from '#language/states'

export const openStates = executionStates.filter(state => !isTerminal(state))

/** Further counting costs more than the number is worth. */
export const openLimit = 10_000
const mostFlows = 10

const inScope = `tenant_id = $1::uuid AND ($2::text IS NULL OR namespace = $2 OR starts_with(namespace, $2 || '.'))
    AND ($3::text IS NULL OR flow_id = $3)`
const ended = terminalStates.map(state => `'${state}'`).join(', ')

/** From the executions themselves, $4 on: no slots are so narrow. */
const fromExecutions = `(
  SELECT created_at AS at, namespace, flow_id, state, duration_class(start_date, end_date) AS duration_class, 1 AS executions,
      (state = 'FAILED')::int AS failed
    FROM execution WHERE ${inScope} AND created_at >= $4::timestamptz AND kind = 'NORMAL' AND state IN (${ended})) ended`

/** What is not folded yet. */
const fromEnds = `
  SELECT created_at AS at, namespace, flow_id, state, duration_class, executions,
      CASE state WHEN 'FAILED' THEN executions ELSE 0 END AS failed
    FROM execution_end WHERE ${inScope} AND created_at >= $4::timestamptz`

/**
 * Slots of $6 minutes of some namespaces. They are named one by one, so that the index finds each, whatever else there is.
 */
const fromSlots = (table: string, namespaces: string, more = '') => `(
  SELECT slot AS at, state, duration_class, executions FROM ${table}
    WHERE tenant_id = $1::uuid AND minutes = $6::int AND namespace = ANY((${namespaces})::text[])${more} AND slot = ANY(ARRAY(
      SELECT generate_series(slot_of($4::timestamptz, $6::int), now() + interval '1 hour', make_interval(mins => $6::int))))
  UNION ALL SELECT at, state, duration_class, executions FROM (${fromEnds}) ends) ended`

const fromNamespaceSlots = fromSlots('namespace_stat', `SELECT stat_namespaces(coalesce($2, ''))`)

/** Few namespaces have a flow of one name. */
const fromSlotsOfFlow = fromSlots(
  'execution_stat',
  `SELECT array_agg(DISTINCT namespace) FROM flow_stat
    WHERE ${inScope} AND minutes = 7200 AND slot >= slot_of($4::timestamptz, 7200)`,
  ' AND flow_id = $3',
)

/** Wide slots of $6 minutes from $7 on, and before these those of $5 minutes. */
const fromFlowSlots = `(
  SELECT namespace, flow_id, executions, failed FROM flow_stat
    WHERE ${inScope} AND minutes = $6::int AND slot >= $7::timestamptz
  UNION ALL
  SELECT namespace, flow_id, executions, failed FROM flow_stat
    WHERE ${inScope} AND minutes = $5::int AND slot >= $4::timestamptz AND slot < $7::timestamptz
  UNION ALL SELECT namespace, flow_id, executions, failed FROM (${fromEnds}) ends) ended`

const bars = (source: string) => `
SELECT at, state, sum(executions)::int AS executions, json_object_agg(duration_class, executions) AS "durationClasses" FROM (
  SELECT slot_of(at, $5::int) AS at, state, duration_class, sum(executions) AS executions FROM ${source}
  GROUP BY 1, 2, 3) counted
GROUP BY 1, 2`

const flows = (source: string) => `
SELECT namespace, flow_id AS "flowId", sum(executions)::int AS executions, sum(failed)::int AS failed
FROM ${source} GROUP BY 1, 2 HAVING sum(executions) > 0
ORDER BY failed DESC, executions DESC, namespace, flow_id LIMIT ${mostFlows}`

export const barsSql = {
  namespace: bars(fromNamespaceSlots),
  flow: bars(fromSlotsOfFlow),
  executions: bars(fromExecutions),
}
export const flowsSql = { slots: flows(fromFlowSlots), executions: flows(fromExecutions) }

/** By their state, which few share that are not ended. */
export const openSql = `
SELECT slot_of(created_at, $5::int) AS at, state, count(*)::int AS executions FROM (
  SELECT created_at, state FROM execution WHERE ${inScope} AND state = ANY($4::text[]) AND kind = 'NORMAL'
    LIMIT ${openLimit}) open
GROUP BY 1, 2`
