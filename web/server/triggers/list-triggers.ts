import { Prisma } from '#db/generated/client'
import { escapeLike } from '#db/like'
import type { Scope } from '../access/tenant-scope'
import { decodeCursor, encodeCursor } from '../cursor'
import { conditionsOfFilters, namespaceCondition, textCondition } from '../filter-where'
import type { Filter } from '../filters'
import { countLimit, cutPage, type Paging, pageOf } from '../paging'
import { toTriggers } from './to-trigger'
import type { TriggerRecord } from './trigger-record'

export type ListTriggers = Paging & {
  /** Part of an id, a flow's id or a namespace. */
  q?: string
  namespace?: string
  flowId?: string
  kind?: TriggerRecord['kind']
  /** By hand, by `stopAfter` or in the flow's text. */
  disabled?: boolean
  withError?: boolean
  withBackfill?: boolean
  filters?: Filter[]
}
type Where = Prisma.TriggerWhereInput
export type TriggerPage = { results: TriggerRecord[]; total: number; nextCursor?: string }

/** Triggers of all flows, by namespace, flow and id. */
export async function listTriggers(scope: Scope, input: ListTriggers): Promise<TriggerPage> {
  return pageOfTriggers(scope, input, conditionsOf(input))
}

/** The triggers of one flow, in the same order. */
export async function listTriggersOfFlow(
  scope: Scope,
  input: Paging & { namespace: string; flowId: string },
): Promise<TriggerPage> {
  const { namespace, flowId } = input
  return pageOfTriggers(scope, input, [{ namespace, flowId }])
}

async function pageOfTriggers(scope: Scope, paging: Paging, conditions: Where[]): Promise<TriggerPage> {
  const { db, tenantId } = scope
  const { take, skip } = pageOf(paging)
  const where: Where = { tenantId, kind: { not: 'removed' }, AND: conditions }
  const [found, total] = await Promise.all([
    db.trigger.findMany({
      where: { AND: [where, ...afterCursor(paging.cursor)] },
      orderBy: [{ namespace: 'asc' }, { flowId: 'asc' }, { triggerId: 'asc' }],
      take: take + 1,
      skip,
    }),
    db.trigger.count({ where, take: countLimit }),
  ])
  const { rows, nextCursor } = cutPage(found, take, row => encodeCursor([row.namespace, row.flowId, row.triggerId]))
  return { results: await toTriggers(scope, rows), total, nextCursor }
}

function conditionsOf(input: ListTriggers): Where[] {
  const { q, namespace, flowId, kind, disabled, withError, withBackfill, filters = [] } = input
  return [
    ...(q ? [matching(q)] : []),
    ...(namespace ? [namespaceCondition(namespace)] : []),
    ...(flowId ? [{ flowId }] : []),
    ...(kind ? [{ kind }] : []),
    ...(disabled === undefined ? [] : [isDisabled(disabled)]),
    ...(withError === true ? [{ error: { not: null } }] : []),
    ...(withBackfill === true ? [{ NOT: { backfill: { equals: Prisma.DbNull } } }] : []),
    ...conditionsOfFilters(filters, conditionsByField),
  ]
}

const conditionsByField: Record<string, (filter: Filter) => Where> = {
  q: ({ value }) => matching(value),
  namespace: filter =>
    filter.operator === 'PREFIX' ? namespaceCondition(filter.value) : { namespace: textCondition(filter) },
  flowId: filter => ({ flowId: textCondition(filter) }),
  triggerId: filter => ({ triggerId: textCondition(filter) }),
  triggerState: ({ value }) => isDisabled(value === 'DISABLED'),
  // Kestra's pages always send it: triggers of the user, or of the system.
  scope: () => ({}),
}

function isDisabled(disabled: boolean): Where {
  const condition: Where = { OR: [{ disabled: true }, { definition: { path: ['disabled'], equals: true } }] }
  return disabled
    ? condition
    : { disabled: false, OR: [{ definition: { path: ['disabled'], equals: Prisma.AnyNull } }, { NOT: condition }] }
}

function matching(q: string): Where {
  const part = { contains: escapeLike(q), mode: 'insensitive' } as const
  return { OR: [{ triggerId: part }, { flowId: part }, { namespace: part }] }
}

function afterCursor(cursor: string | undefined): Where[] {
  if (cursor === undefined) return []
  const [namespace, flowId, triggerId] = decodeCursor('byTrigger', cursor)
  return [
    {
      OR: [
        { namespace: { gt: namespace } },
        { namespace, flowId: { gt: flowId } },
        { namespace, flowId, triggerId: { gt: triggerId } },
      ],
    },
  ]
}
