import { z } from 'zod'
import { Prisma } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import { namespaceCondition } from '../filter-where'
import { Timestamp } from '../schemas'

export const Upcoming = z.object({
  namespace: z.string(),
  flowId: z.string(),
  triggerId: z.string(),
  nextDate: Timestamp,
})
export type Upcoming = z.infer<typeof Upcoming>

const most = 5
const disabledInText: Prisma.TriggerWhereInput = { definition: { path: ['disabled'], equals: true } }

/** The schedules that are due next, of flows that run. */
export async function listUpcoming(
  { db, tenantId }: Scope,
  { namespace, flowId }: { namespace?: string; flowId?: string },
): Promise<Upcoming[]> {
  const rows = await db.trigger.findMany({
    where: {
      tenantId,
      kind: 'schedule',
      disabled: false,
      nextDate: { not: null },
      flow: { deleted: false, disabled: false },
      AND: [
        { OR: [{ definition: { path: ['disabled'], equals: Prisma.AnyNull } }, { NOT: disabledInText }] },
        ...(namespace === undefined ? [] : [namespaceCondition(namespace)]),
        ...(flowId === undefined ? [] : [{ flowId }]),
      ],
    },
    select: { namespace: true, flowId: true, triggerId: true, nextDate: true },
    orderBy: { nextDate: 'asc' },
    take: most,
  })
  return rows.flatMap(({ nextDate, ...key }) =>
    nextDate === null ? [] : [{ ...key, nextDate: nextDate.toISOString() }],
  )
}
