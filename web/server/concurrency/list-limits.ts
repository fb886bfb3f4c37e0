import { Prisma } from '#db/generated/client'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { FlowKey } from '../flows/stored-flow'
import type { ConcurrencyLimit } from './concurrency-limit'

const pageSize = 50

type ListLimits = { page?: number; size?: number }

/** Flows that have a limit, by name. */
export async function listLimits(
  { db, tenantId, tenant }: Scope,
  { page = 1, size = pageSize }: ListLimits,
): Promise<{ results: ConcurrencyLimit[]; total: number }> {
  const [rows, total] = await Promise.all([
    db.$queryRaw<Row[]>`${limitsSql(tenantId)} order by namespace, id limit ${size} offset ${(page - 1) * size}`,
    db.flow.count({ where: { tenantId, deleted: false, concurrency: { not: Prisma.AnyNull } } }),
  ])
  return { results: rows.map(row => ({ tenantId: tenant, ...row })), total }
}

/** The limit of one flow. */
export async function getLimit({ db, tenantId, tenant }: Scope, { namespace, id }: FlowKey): Promise<ConcurrencyLimit> {
  const [row] = await db.$queryRaw<Row[]>`${limitsSql(tenantId)} and namespace = ${namespace} and id = ${id}`
  if (row === undefined) throw new AppError('NOT_FOUND', `There is no flow ${namespace}.${id} with a concurrency limit`)
  return { tenantId: tenant, ...row }
}

type Row = Omit<ConcurrencyLimit, 'tenantId'>

function limitsSql(tenantId: string): Prisma.Sql {
  return Prisma.sql`
    select namespace, id as "flowId", (concurrency ->> 'limit')::int as "limit", concurrency ->> 'behavior' as behavior,
      places_taken(tenant_id, namespace, id) as running,
      (select count(*)::int from execution e where e.tenant_id = flow.tenant_id and e.namespace = flow.namespace
        and e.flow_id = flow.id and e.state = 'QUEUED' and e.waits_since <= now()) as waiting
    from flow where tenant_id = ${tenantId}::uuid and not deleted and concurrency is not null`
}
