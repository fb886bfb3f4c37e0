import type { Scope } from '../access/tenant-scope'
import { noSuchEntry } from './get-kv'

export async function deleteKv({ db, tenantId }: Scope, { namespace, key }: { namespace: string; key: string }) {
  const { count } = await db.kvEntry.deleteMany({ where: { tenantId, namespace, key } })
  if (count === 0) throw noSuchEntry({ namespace, key })
  return { namespace, key }
}
