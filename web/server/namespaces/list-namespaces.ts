import { withParents } from '#db/namespaces'
import type { Scope } from '../access/tenant-scope'
import type { NamespaceSummary } from './namespace'

/** Every namespace that a flow, a secret or a KV entry is in or that was made by hand, and those above them. */
const listSql = `
SELECT id, max(description) AS description, sum(flows)::int AS flows FROM (
  SELECT namespace AS id, '' AS description, count(*) AS flows FROM flow
    WHERE tenant_id = $1::uuid AND NOT deleted GROUP BY namespace
  UNION ALL SELECT id, description, 0 FROM namespace WHERE tenant_id = $1::uuid
  UNION ALL SELECT DISTINCT namespace, '', 0 FROM secret WHERE tenant_id = $1::uuid
  UNION ALL SELECT DISTINCT namespace, '', 0 FROM kv_entry WHERE tenant_id = $1::uuid
) found GROUP BY id`

type Row = { id: string; description: string; flows: number }

/** The tree as a list, each namespace after the one above it; with `q` those whose name has it, and what is above them. */
export async function listNamespaces({ db, tenantId }: Scope, { q }: { q?: string | undefined } = {}) {
  const [rows] = (await db.sql({ name: 'list-namespaces', text: listSql, values: [tenantId] })) as [Row[]]
  const known = new Map(rows.map(row => [row.id, row]))
  const wanted = rows.filter(({ id }) => q === undefined || id.includes(q.toLowerCase()))
  const ids = new Set(wanted.flatMap(({ id }) => withParents(id)))
  const results = [...ids].map(id => toSummary(id, known.get(id))).sort((a, b) => order(a.id, b.id))
  return { results, total: results.length }
}

function toSummary(id: string, row: Row | undefined): NamespaceSummary {
  const [, parent = null] = withParents(id)
  return { id, parent, description: row?.description ?? '', flows: row?.flows ?? 0 }
}

/** Part by part, so that `a.b` follows `a` and not `a-b`. */
function order(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  const at = left.findIndex((part, index) => part !== right[index])
  if (at === -1) return left.length - right.length
  return right[at] === undefined || left[at]! > right[at] ? 1 : -1
}
