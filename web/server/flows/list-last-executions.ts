import type { Scope } from '../access/tenant-scope'

export type LastExecution = {
  namespace: string
  flowId: string
  id: string
  state: string
  createdAt: Date
  endDate: Date | null
}

/** The newest execution of each flow, by `namespace\nid`: one look into the index per flow, however many it ran. */
export async function listLastExecutions(
  { db, tenantId }: Scope,
  flows: { namespace: string; id: string }[],
): Promise<Map<string, LastExecution>> {
  if (flows.length === 0) return new Map()
  const rows = await db.$queryRaw<LastExecution[]>`
    select last.* from unnest(${flows.map(flow => flow.namespace)}::text[], ${flows.map(flow => flow.id)}::text[])
      as asked(namespace, id)
    cross join lateral (
      select e.namespace, e.flow_id as "flowId", e.id, e.state, e.created_at as "createdAt", e.end_date as "endDate"
      from execution e
      where e.tenant_id = ${tenantId}::uuid and e.namespace = asked.namespace and e.flow_id = asked.id
      order by e.created_at desc limit 1
    ) last`
  return new Map(rows.map(row => [`${row.namespace}\n${row.flowId}`, row]))
}
