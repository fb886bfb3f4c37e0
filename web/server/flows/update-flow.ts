import type { Transaction } from '#db/tenant-db'
import type { Flow } from '#language/flow'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { requireValidSource } from './check-to-save'
import type { FlowRecord } from './flow-record'
import { getFlow } from './get-flow'
import { changedMeanwhile, columnsOf, insertRevision, lockFlow } from './save-revision'
import { noSuchFlow, readRevisionSource } from './stored-flow'

type Update = { namespace: string; id: string; source: string; expectedRevision?: number }

/** Saves a new revision. The same text again is no new revision; with `expectedRevision`, nobody's change is lost. */
export async function updateFlow(scope: Scope, update: Update): Promise<FlowRecord> {
  const flow = await requireValidSource(scope, update.source)
  requireSameName(flow, update)
  await scope.db.transact(tx => insertNext(tx, scope, { update, flow }))
  return getFlow(scope, { namespace: update.namespace, id: update.id })
}

async function insertNext(
  tx: Transaction,
  scope: Scope,
  { update, flow }: { update: Update; flow: Flow },
): Promise<void> {
  const { namespace, id, source, expectedRevision } = update
  const current = await lockFlow(tx, scope, update)
  if (current === null || current.deleted) throw noSuchFlow(update)
  if (expectedRevision !== undefined && expectedRevision !== current.revision) throw changedMeanwhile(current.revision)
  if (source === (await readRevisionSource({ db: tx, tenantId: scope.tenantId }, update, current.revision))) return
  const next = { flow, source, revision: current.revision + 1 }
  await tx.flow.update({
    where: { tenantId_namespace_id: { tenantId: scope.tenantId, namespace, id } },
    data: columnsOf(next),
  })
  await insertRevision(tx, scope, next)
}

/** A flow's name is what executions and other flows know it by. */
function requireSameName(flow: Flow, { namespace, id }: Update): void {
  const changed = [
    ...(flow.id === id ? [] : [{ path: 'id', message: `the id is ${id} and may not change to ${flow.id}` }]),
    ...(flow.namespace === namespace
      ? []
      : [{ path: 'namespace', message: `the namespace is ${namespace} and may not change to ${flow.namespace}` }]),
  ]
  if (changed.length === 0) return
  throw new AppError('INVALID', `Invalid flow: ${changed.map(({ message }) => message).join('; ')}`, changed)
}
