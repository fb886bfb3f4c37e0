import { z } from 'zod'
import { Prisma } from '#db/generated/client'
import { placesByPlan } from '#db/usage/find-room'
import type { Scope } from '../access/tenant-scope'
import { Timestamp } from '../schemas'

/** Where an execution stands in its flow's queue. */
export const QueuePlace = z.object({
  executionId: z.string(),
  namespace: z.string(),
  flowId: z.string(),
  /** 1 is the next; absent while it waits for its date alone. */
  position: z.number().optional(),
  /** How many wait for a place of the flow. */
  waiting: z.number(),
  /** How many hold a place now. */
  running: z.number(),
  /** How many may; absent where the limit has gone meanwhile. */
  limit: z.number().optional(),
  /** How many of the tenant's executions its plan runs at once, where it waits for that. */
  planLimit: z.number().optional(),
  waitsSince: Timestamp,
})
export type QueuePlace = z.infer<typeof QueuePlace>

type Row = Omit<QueuePlace, 'waitsSince' | 'position' | 'limit' | 'planLimit'> & {
  position: number | null
  limit: number | null
  planLimit: number | null
  waitsSince: Date
}

/** Where those of some executions stand that are QUEUED; the others are left out. */
export async function queuePlaces({ db, tenantId }: Scope, ids: string[]): Promise<QueuePlace[]> {
  if (ids.length === 0) return []
  const rows = await db.$queryRaw<Row[]>`
    with asked as (
      select id, namespace, flow_id, waits_since, waits_for_plan from execution
      where tenant_id = ${tenantId}::uuid and state = 'QUEUED' and id in (${Prisma.join(ids)})
    ), queue as (
      select q.id, row_number() over in_order as position from execution q
      where q.tenant_id = ${tenantId}::uuid and q.state = 'QUEUED' and q.waits_since <= now()
        and (q.namespace, q.flow_id) in (select namespace, flow_id from asked)
      window in_order as (partition by q.namespace, q.flow_id order by q.waits_since, q.id)
    ), flows as (
      select a.namespace, a.flow_id, (f.concurrency ->> 'limit')::int as max_running,
        places_taken(${tenantId}::uuid, a.namespace, a.flow_id) as running,
        (select count(*)::int from execution q where q.tenant_id = ${tenantId}::uuid and q.namespace = a.namespace
          and q.flow_id = a.flow_id and q.state = 'QUEUED' and q.waits_since <= now()) as waiting
      from (select distinct namespace, flow_id from asked) a
      left join flow f on f.tenant_id = ${tenantId}::uuid and f.namespace = a.namespace and f.id = a.flow_id
    )
    select a.id as "executionId", a.namespace, a.flow_id as "flowId", a.waits_since as "waitsSince",
      q.position::int as position, f.waiting, f.running, f.max_running as "limit",
      case when a.waits_for_plan then (select (${placesByPlan}::jsonb ->> t.plan)::int from tenant t
        where t.id = ${tenantId}::uuid) end as "planLimit"
    from asked a join flows f using (namespace, flow_id) left join queue q on q.id = a.id`
  return rows.map(({ position, limit, planLimit, waitsSince, ...row }) => ({
    ...row,
    ...(position === null ? {} : { position }),
    ...(limit === null ? {} : { limit }),
    ...(planLimit === null ? {} : { planLimit }),
    waitsSince: waitsSince.toISOString(),
  }))
}
