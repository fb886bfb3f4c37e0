import type { Scope } from '../access/tenant-scope'
import { removeTriggers, tellWorker } from './save-triggers'
import { type FlowKey, noSuchFlow } from './stored-flow'

/** Hides a flow and ends its triggers; its revisions stay, because its executions point to them. */
export async function deleteFlow({ db, tenantId }: Scope, { namespace, id }: FlowKey): Promise<FlowKey> {
  await db.transact(async tx => {
    const { count } = await tx.flow.updateMany({
      where: { tenantId, namespace, id, deleted: false },
      data: { deleted: true, updatedAt: new Date() },
    })
    if (count === 0) throw noSuchFlow({ namespace, id })
    await removeTriggers(tx, { tenantId, namespace, flowId: id })
    await tellWorker(tx, tenantId)
  })
  return { namespace, id }
}
