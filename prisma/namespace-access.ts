/** Which namespaces of a tenant may use what another one holds: its flows as subflows, its KV entries, files and secrets. */
import { withParents } from './namespaces'
import type { ScopedDb } from './tenant-db'

/** By namespace: those that may use what it holds, each with what is below it. One without a rule says nothing. */
export type AccessRules = ReadonlyMap<string, readonly string[]>

type Row = { id: string; allowed: string[] }

const rulesSql = `
SELECT id, allowed_namespaces AS allowed FROM namespace
WHERE tenant_id = $1::uuid AND id = ANY($2::text[]) AND is_restricted`

/** The rules that decide about these namespaces: their own and those of the namespaces above them. */
export async function readAccessRules(
  db: ScopedDb,
  tenantId: string,
  namespaces: readonly string[],
): Promise<AccessRules> {
  const values = [tenantId, [...new Set(namespaces.flatMap(withParents))]]
  const [rows] = (await db.sql({ name: 'access-rules', text: rulesSql, values })) as [Row[]]
  return new Map(rows.map(({ id, allowed }) => [id, allowed]))
}

/**
 * Whether a flow of the namespace `user` may use what `holder` holds. The nearest rule counts, of the holder or of a
 * namespace above it; where there is none, every namespace of the tenant may. A namespace may always use its own, and
 * whoever made the rule what lies below it.
 */
export function mayUse(rules: AccessRules, { user, holder }: { user: string; holder: string }): boolean {
  if (user === holder) return true
  const ruler = withParents(holder).find(namespace => rules.has(namespace))
  if (ruler === undefined || user === ruler) return true
  const allowed = rules.get(ruler) ?? []
  return withParents(user).some(namespace => allowed.includes(namespace))
}

/** What the user of a flow is told that was refused; `what` completes "may not use". */
export function accessRefusal(what: string, { user, holder }: { user: string; holder: string }): string {
  return `A flow of ${user} may not use ${what} of the namespace ${holder}: it admits other namespaces only. Allow ${user} on the Access page of ${holder}, or of the namespace above it that is restricted`
}

export type NamespaceAccess = {
  /** Those of the namespaces whose things the user may use, in the same order. */
  admitted(holders: readonly string[]): Promise<string[]>
  /** Null where the user may; else why not. */
  refusal(what: string, holder: string): Promise<string | null>
}

/** The access of the flows of one namespace. Asked anew each time: a change of the rules holds at once. */
export function createNamespaceAccess(db: ScopedDb, tenantId: string, user: string): NamespaceAccess {
  async function admitted(holders: readonly string[]): Promise<string[]> {
    if (holders.every(holder => holder === user)) return [...holders]
    const rules = await readAccessRules(db, tenantId, holders)
    return holders.filter(holder => mayUse(rules, { user, holder }))
  }
  return {
    admitted,
    async refusal(what, holder) {
      const isAdmitted = (await admitted([holder])).length > 0
      return isAdmitted ? null : accessRefusal(what, { user, holder })
    },
  }
}
