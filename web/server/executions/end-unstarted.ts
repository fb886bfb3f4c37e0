import { executionChannel } from '#worker/contract'
import type { Scope } from '../tenant-scope'

/** Ends an execution that no workflow will ever walk. Only while it is not begun: the worker's word counts more. */
export async function endUnstarted(
  { db, tenantId }: Scope,
  id: string,
  end: { state: 'FAILED' | 'KILLED'; reason?: string },
): Promise<boolean> {
  const now = new Date()
  const change = JSON.stringify([{ state: end.state, date: now.toISOString() }])
  return db.transact(async tx => {
    const count = await tx.$executeRaw`
      update execution set
        state = ${end.state}, histories = histories || ${change}::jsonb, error = ${end.reason ?? null}, end_date = ${now}
      where tenant_id = ${tenantId}::uuid and id = ${id} and state = 'CREATED'`
    await tx.$executeRaw`select pg_notify(${executionChannel}, ${`${tenantId}/${id}`})`
    return count > 0
  })
}
