import type { Scope } from '../tenant-scope'
import { type FlowKey, noSuchFlow } from './stored-flow'

/** Hides a flow; its revisions stay, because its executions point to them. */
export async function deleteFlow({ db, tenantId }: Scope, { namespace, id }: FlowKey): Promise<FlowKey> {
  const { count } = await db.flow.updateMany({
    where: { tenantId, namespace, id, deleted: false },
    data: { deleted: true, updatedAt: new Date() },
  })
  if (count === 0) throw noSuchFlow({ namespace, id })
  return { namespace, id }
}
