import { executionFolder } from '#db/storage/uri'
import type { Scope } from '../access/tenant-scope'
import { storage } from '../storage'
import { isTerminal } from './execution'
import { requireState } from './signal-execution'

type DeleteExecution = { id: string; deleteLogs?: boolean; deleteMetrics?: boolean; deleteStorage?: boolean }

/** Removes an ended execution with its logs, metrics and files, unless they are to stay. */
export async function deleteExecution(
  scope: Scope,
  { id, deleteLogs = true, deleteMetrics = true, deleteStorage = true }: DeleteExecution,
): Promise<{ id: string }> {
  const { db, tenantId } = scope
  await requireState(scope, id, { action: 'deleted', isFit: isTerminal })
  const { namespace, flowId } = await db.transact(async tx => {
    if (deleteLogs) await tx.log.deleteMany({ where: { tenantId, executionId: id } })
    if (deleteMetrics) await tx.metric.deleteMany({ where: { tenantId, executionId: id } })
    return tx.execution.delete({
      where: { tenantId_id: { tenantId, id } },
      select: { namespace: true, flowId: true },
    })
  })
  if (deleteStorage) await storage().deletePrefix(tenantId, executionFolder({ namespace, flowId, executionId: id }))
  return { id }
}
