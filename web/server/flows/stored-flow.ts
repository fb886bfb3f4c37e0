import { settingsStampSql, withParents } from '#db/namespaces'
import type { Transaction } from '#db/tenant-db'
import { Concurrency } from '#language/flow'
import type { TenantScope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { readNamespaceContext } from '../namespaces/read-namespace-context'
import type { CheckedSource } from './check-source'
import { understandRevision } from './revision-cache'

export type FlowKey = { namespace: string; id: string }

export type FlowRow = {
  namespace: string
  id: string
  revision: number
  disabled: boolean
  concurrency: Concurrency | null
  createdAt: Date
  updatedAt: Date
  /** Changes with what the namespaces around the flow say; null where they say nothing. */
  settings: string | null
}

export function noSuchFlow({ namespace, id }: FlowKey): AppError {
  return new AppError('NOT_FOUND', `There is no flow ${namespace}.${id}`)
}

/** Every start passes here. */
const findFlowSql = `
SELECT namespace, id, revision, disabled, concurrency, created_at AS "createdAt", updated_at AS "updatedAt",
  ${settingsStampSql('$1', '$4')} AS settings
FROM flow WHERE tenant_id = $1::uuid AND namespace = $2 AND id = $3 AND NOT deleted`

/** The row of a flow that is not deleted. */
export async function findFlowRow({ db, tenantId }: TenantScope, { namespace, id }: FlowKey): Promise<FlowRow> {
  const values = [tenantId, namespace, id, withParents(namespace)]
  const [rows] = (await db.sql({ name: 'find-flow', text: findFlowSql, values })) as [FlowRow[]]
  const [row] = rows
  if (row === undefined) throw noSuchFlow({ namespace, id })
  return row
}

/** How many executions of a flow may run at once, as its newest revision says; null where there is no limit. */
export async function readConcurrency(
  { db, tenantId }: { db: Pick<Transaction, 'flow'>; tenantId: string },
  { namespace, id }: FlowKey,
): Promise<Concurrency | null> {
  const where = { tenantId_namespace_id: { tenantId, namespace, id } }
  const row = await db.flow.findUnique({ where, select: { concurrency: true } })
  return row?.concurrency ? Concurrency.parse(row.concurrency) : null
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

/** A stored revision, parsed and compiled with what the namespaces around it say. `settings`: see FlowRow. */
export function understandStored(
  scope: TenantScope,
  { namespace, id }: FlowKey,
  revision: number,
  settings: string | null,
): Promise<CheckedSource> {
  return understandRevision(
    { tenantId: scope.tenantId, namespace, id, revision, settings },
    {
      source: () => readRevisionSource(scope, { namespace, id }, revision),
      settings: () => readNamespaceContext(scope, namespace),
    },
  )
}

const stampSql = `SELECT ${settingsStampSql('$1', '$2')} AS settings`

/** What a flow's row would say of its settings, for whoever doesn't read the row. */
export async function readSettingsStamp({ db, tenantId }: TenantScope, namespace: string): Promise<string | null> {
  const values = [tenantId, withParents(namespace)]
  const [rows] = (await db.sql({ name: 'settings-stamp', text: stampSql, values })) as [Pick<FlowRow, 'settings'>[]]
  return rows[0]?.settings ?? null
}
