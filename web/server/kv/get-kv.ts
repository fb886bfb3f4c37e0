import type { Json } from '#language/json'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { isLive, type KvEntry, toKvSummary } from './kv'

type KvPlace = { namespace: string; key: string }

export async function getKv({ db, tenantId }: Scope, { namespace, key }: KvPlace): Promise<KvEntry> {
  const row = await db.kvEntry.findFirst({ where: { tenantId, namespace, key, ...isLive() } })
  if (row === null) throw noSuchEntry({ namespace, key })
  return { ...toKvSummary(row), value: row.value as Json }
}

export function noSuchEntry({ namespace, key }: KvPlace): AppError {
  return new AppError('NOT_FOUND', `There is no KV entry ${key} in the namespace ${namespace}`)
}
