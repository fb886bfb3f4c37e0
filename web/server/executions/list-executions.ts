import type { Prisma } from '#db/generated/client'
import { decodeCursor, encodeCursor } from '../cursor'
import { countLimit, cutPage, pageOf } from '../paging'
import type { Scope } from '../tenant-scope'
import type { Execution } from './execution'
import { executionConditions } from './execution-filters'
import { executionColumns } from './execution-row'
import type { ListExecutions } from './list-executions-input'
import { toExecution } from './to-execution'

/** Executions, newest first, without their task runs. */
export async function listExecutions(
  { db, tenantId, tenant }: Scope,
  input: ListExecutions,
): Promise<{ results: Execution[]; total: number; nextCursor?: string }> {
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
  const { rows, nextCursor } = cutPage(found, take, row => encodeCursor([row.createdAt.toISOString(), row.id]))
  const nowMs = Date.now()
  return { results: rows.map(row => toExecution(row, { tenant, nowMs })), total, nextCursor }
}

function afterCursor(cursor: string | undefined): Prisma.ExecutionWhereInput[] {
  if (cursor === undefined) return []
  const [time, id] = decodeCursor('byTime', cursor)
  const createdAt = new Date(time)
  // The first condition says the same as the second half, in the form that an index can seek.
  return [{ createdAt: { lte: createdAt } }, { OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] }]
}
