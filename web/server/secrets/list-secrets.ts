import { infoColumns } from '#db/secrets/secret-store'
import type { Scope } from '../access/tenant-scope'
import type { Secret } from './secret'
import { toSecret } from './to-secret'

/** The newest version of each secret of these namespaces, or of all. */
export async function listSecrets({ db, tenantId }: Scope, namespaces?: readonly string[]): Promise<Secret[]> {
  const rows = await db.secret.findMany({
    where: { tenantId, ...(namespaces === undefined ? {} : { namespace: { in: [...namespaces] } }) },
    select: infoColumns,
    distinct: ['namespace', 'key'],
    orderBy: [{ namespace: 'asc' }, { key: 'asc' }, { version: 'desc' }],
  })
  return rows.map(toSecret)
}
