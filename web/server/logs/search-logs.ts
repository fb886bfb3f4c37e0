import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { decodeCursor } from '../cursor'
import { LogEntry } from '../executions/execution'
import { toDate } from '../filter-where'
import { FlowId, InTenant, integer, Namespace, Timestamp } from '../schemas'
import { containing, LineFilters, shownLevels } from './log-filters'
import { type LogRow, logColumns, toLogEntry } from './log-row'
import { placeBehind, toCursor, walkBack } from './walk-back'

export const SearchLogs = InTenant.extend({
  ...LineFilters.pick({ minLevel: true, q: true }).shape,
  namespace: Namespace.optional(),
  flowId: FlowId.optional(),
  /** A day ago where absent. */
  startDate: Timestamp.optional(),
  endDate: Timestamp.optional(),
  limit: integer(1, 1000).default(100),
  cursor: z.string().max(500).optional(),
})

export const LogPage = z.object({
  results: z.array(LogEntry),
  /** Where to go on; absent where all of the range was looked at. */
  nextCursor: z.string().optional(),
  /** All lines from there on were looked at. */
  searchedTo: Timestamp,
})
type LogPage = z.infer<typeof LogPage>

const dayMs = 86_400_000

/** One step of a search looks at no more lines. */
const mostLooked = 10_000

const lines = (more: string) => `FROM log
WHERE tenant_id = $1::uuid AND timestamp >= $2::timestamptz AND timestamp <= $3::timestamptz
  AND (timestamp, position) < ($3::timestamptz, $4::bigint)${more}`
const order = 'ORDER BY log.timestamp DESC, log.position DESC'

const statementsOf = (name: string, more: string) => ({
  find: {
    name: `search-${name}`,
    text: `SELECT ${logColumns} ${lines(more)} AND (timestamp, position) >= ($2::timestamptz, $5::bigint)
  AND ($6::text IS NULL OR namespace = $6 OR starts_with(namespace, $6 || '.')) AND ($7::text IS NULL OR flow_id = $7)
  AND ($8::text[] IS NULL OR level = ANY($8::text[])) AND ($9::text IS NULL OR message ILIKE $9)
${order} LIMIT $10::int`,
  },
  reach: {
    name: `reach-of-${name}`,
    text: `SELECT timestamp, position::text ${lines(more)} ${order} OFFSET ${mostLooked - 1} LIMIT 1`,
  },
})

const statements = {
  /** Of the index over them (migration 0091). */
  grave: statementsOf('grave-logs', " AND level IN ('ERROR', 'WARN')"),
  all: statementsOf('logs', ''),
}

/** Above all positions: Postgres counts no further. */
const beyond = (2n ** 63n - 1n).toString()

/**
 * Lines of all executions, the newest first. However long the range and however rare what is looked for, one call takes
 * about as long as another: what it had no time for is behind `nextCursor`.
 */
export async function searchLogs(
  scope: Scope,
  input: Omit<z.output<typeof SearchLogs>, 'tenant'>,
  nowMs = Date.now(),
): Promise<LogPage> {
  const { db, wholeDb, tenantId } = scope
  const { namespace = null, flowId = null, minLevel, q, startDate, endDate, limit, cursor } = input
  const from = (startDate === undefined ? new Date(nowMs - dayMs) : toDate(startDate, 'startDate')).toISOString()
  const [at, position] =
    cursor === undefined
      ? [
          endDate === undefined ? new Date(nowMs + dayMs).toISOString() : toDate(endDate, 'endDate').toISOString(),
          beyond,
        ]
      : decodeCursor('byTime', cursor)
  const levels = shownLevels(minLevel)
  const isGrave = minLevel === 'ERROR' || minLevel === 'WARN'
  const { find, reach } = isGrave ? statements.grave : statements.all
  /** Whether lines may be passed that are not shown. */
  const isNarrow =
    db !== wholeDb || namespace !== null || flowId !== null || Boolean(q) || (levels !== null && minLevel !== 'WARN')

  const { rows, rest } = await walkBack<LogRow>(
    { at, position: /^\d{1,19}$/.test(position) ? position : beyond },
    {
      wanted: limit,
      async reach(until) {
        if (!isNarrow) return undefined
        return placeBehind(scope, { ...reach, values: [tenantId, from, until.at, until.position] })
      },
      async find({ until, to = { at: from, position: '0' } }, wanted) {
        const span = [to.at, until.at, until.position, to.position]
        const values = [tenantId, ...span, namespace, flowId, levels, containing(q), wanted]
        const [found] = (await db.sql({ ...find, values })) as [LogRow[]]
        return found
      },
    },
  )
  return {
    results: rows.map(toLogEntry),
    ...(rest && { nextCursor: toCursor(rest) }),
    searchedTo: rest?.at ?? from,
  }
}
