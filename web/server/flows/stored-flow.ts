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

/** Every start passes here. */
const findFlowSql = `
SELECT namespace, id, revision, disabled, created_at AS "createdAt", updated_at AS "updatedAt"
FROM flow WHERE tenant_id = $1::uuid AND namespace = $2 AND id = $3 AND NOT deleted`

/** The row of a flow that is not deleted. */
export async function findFlowRow({ db, tenantId }: Scope, { namespace, id }: FlowKey): Promise<FlowRow> {
  const values = [tenantId, namespace, id]
  const [rows] = (await db.sql({ name: 'find-flow', text: findFlowSql, values })) as [FlowRow[]]
  const [row] = rows
  if (row === undefined) throw noSuchFlow({ namespace, id })
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
