import { Prisma } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import type { Flow } from '#language/flow'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { saveTriggers } from './save-triggers'

export type RevisionToSave = { flow: Flow; source: string; revision: number }

/** What a flow's row repeats of its current text, so that lists need not parse it. */
export function columnsOf({ flow, revision }: RevisionToSave) {
  return {
    revision,
    description: flow.description ?? '',
    labels: flow.labels,
    disabled: flow.disabled,
    concurrency: flow.concurrency ?? Prisma.DbNull,
    deleted: false,
    updatedAt: new Date(),
  }
}

/** Saves the text of a revision and what it starts the flow by. */
export async function insertRevision(
  tx: Transaction,
  scope: Scope,
  { flow, source, revision }: RevisionToSave,
): Promise<void> {
  await tx.flowRevision.create({
    data: {
      tenantId: scope.tenantId,
      namespace: flow.namespace,
      flowId: flow.id,
      revision,
      source,
      createdBy: scope.userId,
    },
  })
  await saveTriggers(tx, scope, flow)
}

/** A flow's row, locked until the transaction ends, so that two who save at once come one after the other. */
export async function lockFlow(tx: Transaction, scope: Scope, key: { namespace: string; id: string }) {
  await tx.$queryRaw`
    select 1 from flow
    where tenant_id = ${scope.tenantId}::uuid and namespace = ${key.namespace} and id = ${key.id} for update`
  return tx.flow.findUnique({
    where: { tenantId_namespace_id: { tenantId: scope.tenantId, namespace: key.namespace, id: key.id } },
  })
}

export function changedMeanwhile(current: number): AppError {
  return new AppError('CONFLICT', `The flow was changed meanwhile: it is at revision ${current}`, [
    { message: `revision ${current} is newer`, path: 'expectedRevision', code: 'REVISION' },
  ])
}
