import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import type { LineFilters } from '../logs/log-filters'
import { linesOfExecution, lineValues, requireExecution } from './list-logs'

/** Lines between two marks. */
export const markEvery = 100
/** More lines of errors are not told apart. */
const mostErrors = 10_000

export const LogIndex = z.object({
  /** Lines that the filters leave. */
  count: z.number(),
  /** The positions of the lines 0, `markEvery`, twice that ...: what to ask for to see that part. */
  marks: z.array(z.string()),
  markEvery: z.number(),
  /** Position of the last line; absent where there is none. */
  last: z.string().optional(),
  /** The numbers of the lines of errors, from 0. */
  errors: z.array(z.number()),
})
export type LogIndex = z.infer<typeof LogIndex>

const indexSql = `
WITH lines AS (SELECT position, level, row_number() OVER (ORDER BY position) - 1 AS number ${linesOfExecution}),
errors AS (SELECT number FROM lines WHERE level = 'ERROR' ORDER BY number LIMIT ${mostErrors})
SELECT count(*)::int AS count, max(position)::text AS last,
  coalesce(array_agg(position::text ORDER BY number) FILTER (WHERE number % ${markEvery} = 0), '{}') AS marks,
  (SELECT coalesce(array_agg(number::int ORDER BY number), '{}') FROM errors) AS errors
FROM lines`

/** Where the lines of an execution stand, so that a reader can be shown any part of millions without having the rest. */
export async function indexLogs(scope: Scope, input: LineFilters & { id: string }): Promise<LogIndex> {
  const { db, tenantId } = scope
  await requireExecution(scope, input.id)
  const values = lineValues(tenantId, input)
  const [[row]] = (await db.sql({ name: 'index-of-lines', text: indexSql, values })) as [[Row]]
  return { ...row, last: row.last ?? undefined, markEvery }
}

type Row = Omit<LogIndex, 'last' | 'markEvery'> & { last: string | null }
