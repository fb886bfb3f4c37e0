import type { Prisma } from '#db/generated/client'
import { escapeLike } from '#db/like'
import { formatDuration } from '#language/durations'
import type { Scope } from '../access/tenant-scope'
import { decodeCursor, encodeCursor } from '../cursor'
import { StoredLabels } from '../executions/execution-row'
import { conditionsOfFilters, namespaceCondition, textCondition, toLabel } from '../filter-where'
import type { Filter } from '../filters'
import { countLimit, cutPage, type Paging, pageOf } from '../paging'
import type { FlowSummary } from './flow-record'
import { type LastExecution, listLastExecutions } from './list-last-executions'

type ListFlows = Paging & { q?: string; namespace?: string; filters?: Filter[] }
type Where = Prisma.FlowWhereInput

const columns = {
  namespace: true,
  id: true,
  revision: true,
  description: true,
  labels: true,
  disabled: true,
  updatedAt: true,
} as const

/** Flows by namespace and id, each with its last execution. */
export async function listFlows(
  scope: Scope,
  input: ListFlows,
): Promise<{ results: FlowSummary[]; total: number; nextCursor?: string }> {
  const { db, tenantId } = scope
  const { take, skip } = pageOf(input)
  const where: Where = { tenantId, deleted: false, AND: conditionsOf(input) }
  const [found, total] = await Promise.all([
    db.flow.findMany({
      where: { AND: [where, ...afterCursor(input.cursor)] },
      select: columns,
      orderBy: [{ namespace: 'asc' }, { id: 'asc' }],
      take: take + 1,
      skip,
    }),
    db.flow.count({ where, take: countLimit }),
  ])
  const { rows, nextCursor } = cutPage(found, take, row => encodeCursor([row.namespace, row.id]))
  const lastExecutions = await listLastExecutions(scope, rows)
  const results = rows.map(({ description, labels, updatedAt, ...row }) => ({
    ...row,
    description: description || undefined,
    labels: StoredLabels.parse(labels),
    updatedAt: updatedAt.toISOString(),
    lastExecution: toLastExecution(lastExecutions.get(`${row.namespace}\n${row.id}`)),
  }))
  return { results, total, nextCursor }
}

function conditionsOf({ q, namespace, filters = [] }: ListFlows): Where[] {
  return [
    ...(q ? [matching(q)] : []),
    ...(namespace ? [namespaceCondition(namespace)] : []),
    ...conditionsOfFilters(filters, conditionsByField),
  ]
}

const conditionsByField: Record<string, (filter: Filter) => Where> = {
  q: ({ value }) => matching(value),
  namespace: filter =>
    filter.operator === 'PREFIX' ? namespaceCondition(filter.value) : { namespace: textCondition(filter) },
  flowId: filter => ({ id: textCondition(filter) }),
  labels: ({ key, value }) => ({ labels: { array_contains: [key === undefined ? toLabel(value) : { key, value }] } }),
  // Kestra's pages always send it: flows of the user, or of the system.
  scope: () => ({}),
}

function matching(q: string): Where {
  const part = { contains: escapeLike(q), mode: 'insensitive' } as const
  return { OR: [{ id: part }, { namespace: part }, { description: part }] }
}

function afterCursor(cursor: string | undefined): Where[] {
  if (cursor === undefined) return []
  const [namespace, id] = decodeCursor('byName', cursor)
  return [{ OR: [{ namespace: { gt: namespace } }, { namespace, id: { gt: id } }] }]
}

function toLastExecution(row: LastExecution | undefined): FlowSummary['lastExecution'] {
  if (row === undefined) return undefined
  const createdAt = row.createdAt.toISOString()
  const endMs = row.endDate?.getTime() ?? Date.now()
  return {
    id: row.id,
    state: row.state,
    createdAt,
    duration: formatDuration(Math.max(0, endMs - row.createdAt.getTime())),
  }
}
