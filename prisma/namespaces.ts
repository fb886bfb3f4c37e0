import type { ScopedDb } from './tenant-db'

/** `a.b.c` -> `a.b.c`, `a.b`, `a` */
export function withParents(namespace: string): string[] {
  const parts = namespace.split('.')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
}

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** What namespaces say for the flows in them. */
export type NamespaceSettings = {
  /** Of the namespace and those above it; of one name the nearest counts. */
  variables: { [name: string]: JsonValue }
  /** As they are written, a list for each namespace that has some, the outermost first. */
  pluginDefaults: JsonValue[][]
}

type Row = { id: string; variables: NamespaceSettings['variables']; pluginDefaults: JsonValue[] }

const settingsSql = `
SELECT id, variables, plugin_defaults AS "pluginDefaults" FROM namespace
WHERE tenant_id = $1::uuid AND id = ANY($2::text[]) ORDER BY length(id)`

/** Null where neither the namespace nor one above it says anything. */
export async function readNamespaceSettings(
  db: ScopedDb,
  tenantId: string,
  namespace: string,
): Promise<NamespaceSettings | null> {
  const values = [tenantId, withParents(namespace)]
  const [rows] = (await db.sql({ name: 'namespace-settings', text: settingsSql, values })) as [Row[]]
  if (rows.length === 0) return null
  return {
    variables: Object.assign({}, ...rows.map(({ variables }) => variables)),
    pluginDefaults: rows.map(({ pluginDefaults }) => pluginDefaults).filter(list => list.length > 0),
  }
}

/**
 * SQL of a text that changes with the settings of the namespaces in `$n`, and is null where none has any: for a
 * statement that is asked all the same, so that settings are only read anew once they have changed.
 * @param tenant @param namespaces the parameters, e.g. `$1`
 */
export function settingsStampSql(tenant: string, namespaces: string): string {
  return `(SELECT string_agg(n.id || ' ' || n.version || ' ' || extract(epoch FROM n.created_at), ',' ORDER BY n.id)
  FROM namespace n WHERE n.tenant_id = ${tenant}::uuid AND n.id = ANY(${namespaces}::text[]))`
}
