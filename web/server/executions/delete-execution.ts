import { executionFolder } from '#db/storage/uri'
import { storage } from '../storage'
import type { Scope } from '../tenant-scope'
import { isTerminal } from './execution'
import { requireState } from './signal-execution'

/** Removes an ended execution with its logs and metrics, and its files unless they are to stay. */
export async function deleteExecution(
  scope: Scope,
  { id, deleteStorage = true }: { id: string; deleteStorage?: boolean },
): Promise<{ id: string }> {
  const { db, tenantId } = scope
  await requireState(scope, id, { action: 'deleted', isFit: isTerminal })
  const { namespace, flowId } = await db.transact(async tx => {
    await tx.log.deleteMany({ where: { tenantId, executionId: id } })
    await tx.metric.deleteMany({ where: { tenantId, executionId: id } })
    return tx.execution.delete({
      where: { tenantId_id: { tenantId, id } },
      select: { namespace: true, flowId: true },
    })
  })
  if (deleteStorage) await storage().deletePrefix(tenantId, executionFolder({ namespace, flowId, executionId: id }))
  return { id }
}
