import type { Prisma } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import { decodeCursor, encodeCursor } from '../cursor'
import { namespaceCondition, toDate } from '../filter-where'
import { type Place, placeBehind, toCursor, walkBack } from '../logs/walk-back'
import { countLimit, cutPage, pageOf } from '../paging'
import type { Execution } from './execution'
import { executionConditions } from './execution-filters'
import { executionColumns } from './execution-row'
import type { ListExecutions } from './list-executions-input'
import { toExecution } from './to-execution'

export type ExecutionPage = { results: Execution[]; total?: number; nextCursor?: string }

/** Executions, newest first, without their task runs. */
export async function listExecutions(scope: Scope, input: ListExecutions): Promise<ExecutionPage> {
  if (input.withTotal === false && input.page === undefined) return listQuickly(scope, input)
  const { db, tenantId, tenant } = scope
  const { take, skip } = pageOf(input)
  const where: Prisma.ExecutionWhereInput = { tenantId, AND: executionConditions(input) }
  const [found, total] = await Promise.all([
    db.execution.findMany({
      where: { AND: [where, ...afterCursor(input.cursor)] },
      select: executionColumns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: take + 1,
      skip,
    }),
    db.execution.count({ where, take: countLimit }),
  ])
  const { rows, nextCursor } = cutPage(found, take, cursorOf)
  const nowMs = Date.now()
  return { results: rows.map(row => toExecution(row, { tenant, nowMs })), total, nextCursor }
}

/**
 * The same in bounded time: what no index finds is looked for back in time, a while for each page. Where that is not over,
 * the cursor is the place that was come to.
 */
async function listQuickly(scope: Scope, input: ListExecutions): Promise<ExecutionPage> {
  const { db, wholeDb, tenantId, tenant } = scope
  const { q, labels = [], filters = [], namespace, flowId, startDate, endDate } = input
  const exact = await exactPlace(scope, input)
  const where: Prisma.ExecutionWhereInput = {
    tenantId,
    ...exact,
    AND: executionConditions(exact === undefined ? input : { ...input, namespace: undefined }),
  }
  /** Whether executions may be passed that are not shown. */
  const isNarrow =
    Boolean(q || labels.length > 0 || filters.length > 0) ||
    (exact === undefined && (namespace !== undefined || flowId !== undefined || db !== wholeDb))
  const nowMs = Date.now()
  const [at, position] = input.cursor
    ? decodeCursor('byTime', input.cursor)
    : [endDate ? toDate(endDate, 'endDate').toISOString() : new Date(nowMs + yearMs).toISOString(), beyond]
  const from = startDate ? toDate(startDate, 'startDate') : new Date(0)
  const { rows, rest } = await walkBack(
    { at, position },
    {
      wanted: pageOf(input).take,
      async reach(until) {
        if (!isNarrow) return undefined
        const values = [tenantId, from.toISOString(), until.at, until.position]
        return placeBehind(scope, { name: 'reach-of-executions', text: reachSql, values })
      },
      async find({ until, to }, wanted) {
        const found = await db.execution.findMany({
          where: { AND: [where, ...downTo(to), ...afterCursor(toCursor(until))] },
          select: executionColumns,
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: wanted,
        })
        return found.map(row => ({ ...row, timestamp: row.createdAt, position: row.id }))
      },
    },
  )
  return {
    results: rows.map(row => toExecution(row, { tenant, nowMs })),
    ...(rest && { nextCursor: toCursor(rest) }),
  }
}

/** One step looks at no more executions. */
const mostLooked = 4_000

const reachSql = `
SELECT created_at AS timestamp, id AS position FROM execution
WHERE tenant_id = $1::uuid AND created_at >= $2::timestamptz AND created_at <= $3::timestamptz
  AND (created_at, id) < ($3::timestamptz, $4::text)
ORDER BY created_at DESC, id DESC OFFSET ${mostLooked - 1} LIMIT 1`

function downTo(place: Place | undefined): Prisma.ExecutionWhereInput[] {
  if (place === undefined) return []
  const createdAt = new Date(place.at)
  return [
    { createdAt: { gte: createdAt } },
    { OR: [{ createdAt: { gt: createdAt } }, { id: { gte: place.position } }] },
  ]
}

const yearMs = 366 * 86_400_000
/** Above all ids. */
const beyond = '\u{10ffff}'

/** The namespaces that a flow of this name is in: the index of flows finds its executions by them, in order. */
async function exactPlace(
  { db, tenantId }: Scope,
  { namespace, flowId }: ListExecutions,
): Promise<Prisma.ExecutionWhereInput | undefined> {
  if (flowId === undefined) return undefined
  const rows = await db.flow.findMany({
    where: { tenantId, id: flowId, ...(namespace === undefined ? {} : namespaceCondition(namespace)) },
    select: { namespace: true },
  })
  const [first, ...more] = rows.map(row => row.namespace)
  if (first === undefined) return undefined
  return { namespace: more.length === 0 ? first : { in: [first, ...more] } }
}

/** The place of an execution in the list. */
export function cursorOf({ createdAt, id }: { createdAt: Date; id: string }): string {
  return encodeCursor([createdAt.toISOString(), id])
}

/** Those that come after a place in the list. */
export function afterCursor(cursor: string | undefined): Prisma.ExecutionWhereInput[] {
  if (cursor === undefined) return []
  const [time, id] = decodeCursor('byTime', cursor)
  const createdAt = new Date(time)
  // The first condition says the same as the second half, in the form that an index can seek.
  return [{ createdAt: { lte: createdAt } }, { OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] }]
}
