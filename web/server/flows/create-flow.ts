import type { Transaction } from '#db/tenant-db'
import type { Flow } from '#language/flow'
import { requirePermission, type Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isTaken } from '../errors/is-taken'
import { requireValidSource } from './check-to-save'
import type { FlowRecord } from './flow-record'
import { getFlow } from './get-flow'
import { columnsOf, insertRevision, lockFlow } from './save-revision'

/** Saves a new flow; one that was deleted comes back with its revisions counted on. */
export async function createFlow(scope: Scope, source: string): Promise<FlowRecord> {
  const flow = await requireValidSource(scope, source)
  await requirePermission(scope, 'FLOW:CREATE', flow.namespace)
  try {
    await scope.db.transact(tx => insertFlow(tx, scope, { flow, source }))
  } catch (error) {
    // Two created it at once, and the other was first.
    if (isTaken(error)) throw alreadyThere(flow)
    throw error
  }
  return getFlow(scope, { namespace: flow.namespace, id: flow.id })
}

async function insertFlow(
  tx: Transaction,
  scope: Scope,
  { flow, source }: { flow: Flow; source: string },
): Promise<void> {
  const { namespace, id } = flow
  const existing = await lockFlow(tx, scope, flow)
  if (existing !== null && !existing.deleted) throw alreadyThere(flow)
  const revision = { flow, source, revision: (existing?.revision ?? 0) + 1 }
  if (existing === null) {
    await tx.flow.create({ data: { tenantId: scope.tenantId, namespace, id, ...columnsOf(revision) } })
  } else {
    await tx.flow.update({
      where: { tenantId_namespace_id: { tenantId: scope.tenantId, namespace, id } },
      data: columnsOf(revision),
    })
  }
  await insertRevision(tx, scope, revision)
}

function alreadyThere({ namespace, id }: Flow): AppError {
  const message = `There is a flow ${namespace}.${id} already`
  return new AppError('CONFLICT', message, [{ message, path: 'id', code: 'FLOW_EXISTS' }])
}
