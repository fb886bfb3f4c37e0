import { infoColumns } from '#db/secrets/secret-store'
import type { Scope } from '../access/tenant-scope'
import { noSuchSecret, type SecretPlace } from './delete-secret'
import type { Secret } from './secret'
import { toSecret } from './to-secret'

/** Newest first. */
export async function listSecretVersions({ db, tenantId }: Scope, { namespace, key }: SecretPlace): Promise<Secret[]> {
  const where = { tenantId, namespace, key }
  const rows = await db.secret.findMany({ where, select: infoColumns, orderBy: { version: 'desc' } })
  if (rows.length === 0) throw noSuchSecret({ namespace, key })
  return rows.map(toSecret)
}
