import type { Transaction } from '#db/tenant-db'
import { AppError } from '../errors/app-error'
import type { Scope } from '../tenant-scope'
import type { CheckedSource } from './check-source'
import { understandRevision } from './revision-cache'

export type FlowKey = { namespace: string; id: string }

export type FlowRow = {
  namespace: string
  id: string
  revision: number
  disabled: boolean
  createdAt: Date
  updatedAt: Date
}

export function noSuchFlow({ namespace, id }: FlowKey): AppError {
  return new AppError('NOT_FOUND', `There is no flow ${namespace}.${id}`)
}

/** The row of a flow that is not deleted. */
export async function findFlowRow({ db, tenantId }: Scope, { namespace, id }: FlowKey): Promise<FlowRow> {
  const row = await db.flow.findFirst({
    where: { tenantId, namespace, id, deleted: false },
    select: { namespace: true, id: true, revision: true, disabled: true, createdAt: true, updatedAt: true },
  })
  if (row === null) throw noSuchFlow({ namespace, id })
  return row
}

/** A tenant's database, or a transaction in it. */
type RevisionReader = { db: Pick<Transaction, 'flowRevision'>; tenantId: string }

/** The text of a revision as it was saved. */
export async function readRevisionSource(
  { db, tenantId }: RevisionReader,
  key: FlowKey,
  revision: number,
): Promise<string> {
  const row = await db.flowRevision.findUnique({
    where: {
      tenantId_namespace_flowId_revision: { tenantId, namespace: key.namespace, flowId: key.id, revision },
    },
    select: { source: true },
  })
  if (row === null)
    throw new AppError('NOT_FOUND', `There is no revision ${revision} of the flow ${key.namespace}.${key.id}`)
  return row.source
}

/** A stored revision, parsed and compiled. */
export function understandStored(scope: Scope, { namespace, id }: FlowKey, revision: number): Promise<CheckedSource> {
  return understandRevision({ tenantId: scope.tenantId, namespace, id, revision }, () =>
    readRevisionSource(scope, { namespace, id }, revision),
  )
}
