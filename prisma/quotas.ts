import type { ScopedDb } from './tenant-db'

/** So many executions of a flow may be created in each window of fixed length. */
export type Quota = { durationMs: number; limit: number }

type FlowRef = { tenantId: string; namespace: string; flowId: string }

const takeSql = 'SELECT take_quota($1::uuid, $2, $3, $4::text[]::bigint[], $5::text[]::int[]) AS breached'

/**
 * Counts an execution that is about to be created, unless a quota has no place left: then answers that quota, and counts
 * it nowhere. Safe with any number of callers at once.
 */
export async function takeQuota<Q extends Quota>(
  db: Pick<ScopedDb, 'sql'>,
  { tenantId, namespace, flowId }: FlowRef,
  quotas: readonly Q[],
): Promise<Q | undefined> {
  if (quotas.length === 0) return undefined
  const durations = quotas.map(({ durationMs }) => String(durationMs))
  const limits = quotas.map(({ limit }) => String(limit))
  const values = [tenantId, namespace, flowId, durations, limits]
  const [rows] = (await db.sql({ name: 'take-quota', text: takeSql, values })) as [{ breached: number | null }[]]
  const breached = rows[0]?.breached ?? null
  return breached === null ? undefined : quotas[breached - 1]
}
