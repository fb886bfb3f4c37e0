import type { Scope } from '../access/tenant-scope'
import type { FlowRevisionRecord } from './flow-record'
import { type FlowKey, findFlowRow } from './stored-flow'

/** All revisions of a flow, newest first. */
export async function listFlowRevisions(scope: Scope, { namespace, id }: FlowKey): Promise<FlowRevisionRecord[]> {
  await findFlowRow(scope, { namespace, id })
  const rows = await scope.db.flowRevision.findMany({
    where: { tenantId: scope.tenantId, namespace, flowId: id },
    select: { revision: true, createdAt: true, createdBy: true, source: true },
    orderBy: { revision: 'desc' },
  })
  return rows.map(({ revision, createdAt, createdBy, source }) => ({
    revision,
    createdAt: createdAt.toISOString(),
    createdBy: createdBy ?? undefined,
    source,
  }))
}
