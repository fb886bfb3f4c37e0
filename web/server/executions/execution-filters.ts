import type { Prisma } from '#db/generated/client'
import { escapeLike } from '#db/like'
import { parseDuration } from '#language/durations'
import { AppError } from '../errors/app-error'
import { conditionsOfFilters, dateCondition, namespaceCondition, textCondition, toDate, toLabel } from '../filter-where'
import type { Filter } from '../filters'
import type { ListExecutions } from './list-executions-input'

type Where = Prisma.ExecutionWhereInput

/** All that a list of executions is narrowed by. */
export function executionConditions(input: ListExecutions): Where[] {
  const { q, namespace, flowId, state, startDate, endDate, labels = [], filters = [] } = input
  return [
    ...(q ? [matching(q)] : []),
    ...(namespace ? [namespaceCondition(namespace)] : []),
    ...(flowId ? [{ flowId }] : []),
    ...(state?.length ? [{ state: { in: state } }] : []),
    ...(startDate ? [{ createdAt: { gte: toDate(startDate, 'startDate') } }] : []),
    ...(endDate ? [{ createdAt: { lte: toDate(endDate, 'endDate') } }] : []),
    ...labels.map(label => hasLabel(toLabel(label))),
    ...conditionsOfFilters(filters, conditionsByField),
  ]
}

const conditionsByField: Record<string, (filter: Filter) => Where> = {
  q: ({ value }) => matching(value),
  namespace: filter =>
    filter.operator === 'PREFIX' ? namespaceCondition(filter.value) : { namespace: textCondition(filter) },
  flowId: filter => ({ flowId: textCondition(filter) }),
  state: filter => ({ state: textCondition(filter) }),
  kind: filter => ({ kind: textCondition(filter) }),
  flowRevision: ({ value }) => ({ flowRevision: toInteger(value) }),
  startDate: filter => ({ createdAt: dateCondition(filter) }),
  endDate: filter => ({ endDate: dateCondition(filter) }),
  timeRange: ({ value }) => ({ createdAt: { gte: new Date(Date.now() - toMs(value)) } }),
  triggerExecutionId: filter => ({ parentId: textCondition(filter) }),
  childFilter: ({ value }) => ({ parentId: value === 'CHILD' ? { not: null } : null }),
  labels: ({ key, value, operator }) => {
    const condition = hasLabel(key === undefined ? toLabel(value) : { key, value })
    return operator === 'NOT_EQUALS' ? { NOT: condition } : condition
  },
  // Kestra's pages always send it: executions of the user, or of the system.
  scope: () => ({}),
}

function matching(q: string): Where {
  const part = { contains: escapeLike(q), mode: 'insensitive' } as const
  return { OR: [{ id: part }, { namespace: part }, { flowId: part }] }
}

function hasLabel(label: { key: string; value: string }): Where {
  return { labels: { array_contains: [label] } }
}

function toInteger(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new AppError('BAD_REQUEST', `flowRevision: ${text} is no number`)
  return Number(text)
}

function toMs(text: string): number {
  const ms = parseDuration(text)
  if (ms === null) throw new AppError('BAD_REQUEST', `timeRange: ${text} is no ISO 8601 duration; write PT24H`)
  return ms
}
