import type { JsonObject } from '#language/json'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { listNamespaces } from './list-namespaces'
import { NamespaceCounts, type NamespaceRecord } from './namespace'

/** One that nothing is said of yet is there all the same, as soon as something is in it. */
export async function getNamespace(scope: Scope, id: string): Promise<NamespaceRecord> {
  const { db, tenantId } = scope
  const counts = await countContents(scope, id)
  const row = await db.namespace.findUnique({ where: { tenantId_id: { tenantId, id } } })
  if (row === null) {
    const { results } = await listNamespaces(scope)
    if (!results.some(found => found.id === id)) throw noSuchNamespace(id)
    return { id, description: '', variables: {}, pluginDefaults: [], allowedNamespaces: null, counts }
  }
  return {
    id,
    description: row.description,
    variables: row.variables as JsonObject,
    pluginDefaults: row.pluginDefaults as NamespaceRecord['pluginDefaults'],
    allowedNamespaces: row.isRestricted ? row.allowedNamespaces : null,
    counts,
  }
}

const countSql = `
SELECT (SELECT count(*)::int FROM flow WHERE tenant_id = $1::uuid AND namespace = $2 AND NOT deleted) AS flows,
  (SELECT count(*)::int FROM trigger WHERE tenant_id = $1::uuid AND namespace = $2 AND kind <> 'removed') AS triggers,
  (SELECT count(DISTINCT key)::int FROM secret WHERE tenant_id = $1::uuid AND namespace = $2) AS secrets,
  (SELECT count(*)::int FROM kv_entry WHERE tenant_id = $1::uuid AND namespace = $2
    AND (expires_at IS NULL OR expires_at > now())) AS "kvEntries"`

async function countContents({ db, tenantId }: Scope, id: string): Promise<NamespaceRecord['counts']> {
  const [rows] = await db.sql({ name: 'namespace-counts', text: countSql, values: [tenantId, id] })
  return NamespaceCounts.parse(rows?.[0])
}

export function noSuchNamespace(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no namespace ${id}`)
}
