import type { Scope } from '../../access/tenant-scope'
import { refusalOf } from '../../errors/refusal'
import { cutPage } from '../../paging'
import { executionConditions } from '../execution-filters'
import { afterCursor, cursorOf } from '../list-executions'
import type { ListExecutions } from '../list-executions-input'
import { type BulkResult, shownFailures } from './bulk-result'

export type Act = (id: string) => Promise<unknown>

/** Each takes a connection or two of the database. */
const atOnce = 5
const batchSize = 200

/** Does something to each of some executions; what fails for one is told and doesn't stop the others. */
export async function runOnIds(ids: readonly string[], act: Act, signal?: AbortSignal): Promise<BulkResult> {
  const result: BulkResult = { count: 0, failed: 0, errors: [] }
  await runAll(new Set(ids), act, { result, signal })
  return result
}

type Query = Omit<ListExecutions, 'limit'> & { limit: number }

/**
 * Does something to each execution that a filter matches, newest first; at most `limit` of them. Those that come to match
 * meanwhile are left alone: a replay never meets what it made.
 */
export async function runOnQuery(scope: Scope, query: Query, act: Act, signal?: AbortSignal): Promise<BulkResult> {
  const result: BulkResult = { count: 0, failed: 0, errors: [] }
  const until = new Date()
  let left = query.limit
  let cursor = query.cursor
  do {
    const page = await readPage(scope, { ...query, cursor }, { until, take: Math.min(left, batchSize) })
    await runAll(page.ids, act, { result, signal })
    left -= page.ids.length
    cursor = page.nextCursor
  } while (cursor !== undefined && left > 0 && !signal?.aborted)
  return cursor === undefined ? result : { ...result, nextCursor: cursor }
}

async function readPage(
  { db, tenantId }: Scope,
  query: ListExecutions,
  { until, take }: { until: Date; take: number },
): Promise<{ ids: string[]; nextCursor?: string }> {
  const found = await db.execution.findMany({
    where: {
      tenantId,
      AND: [...executionConditions(query), { createdAt: { lte: until } }, ...afterCursor(query.cursor)],
    },
    select: { id: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: take + 1,
  })
  const { rows, nextCursor } = cutPage(found, take, cursorOf)
  return { ids: rows.map(({ id }) => id), nextCursor }
}

async function runAll(
  ids: Iterable<string>,
  act: Act,
  { result, signal }: { result: BulkResult; signal: AbortSignal | undefined },
): Promise<void> {
  const rest = ids[Symbol.iterator]()
  async function work(): Promise<void> {
    for (let next = rest.next(); !next.done && !signal?.aborted; next = rest.next())
      await runOne(next.value, act, result)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function runOne(executionId: string, act: Act, result: BulkResult): Promise<void> {
  try {
    await act(executionId)
    result.count += 1
  } catch (error) {
    const { code, message } = refusalOf(error)
    result.failed += 1
    if (result.errors.length < shownFailures) result.errors.push({ executionId, code, message })
  }
}
