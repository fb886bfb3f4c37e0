import { Prisma } from '#db/generated/client'
import { parseDuration } from '#language/durations'
import type { Json } from '#language/json'
import { requirePermission, type Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { getKv } from './get-kv'
import { isLive, type KvEntry, type KvType } from './kv'
import { checkKvValue, kvTypeOf } from './kv-value'

type PutKv = {
  namespace: string
  key: string
  value: Json
  /** That of the value if absent. */
  type?: KvType | undefined
  /** ISO 8601; it stays for ever if absent. */
  ttl?: string | undefined
}

/** Sets an entry: a new one, or the next version of one that is there, which takes the right to change it. */
export async function putKv(scope: Scope, { namespace, key, value, type, ttl }: PutKv): Promise<KvEntry> {
  const { db, tenantId } = scope
  const expiresAt = ttl === undefined || ttl === '' ? null : new Date(Date.now() + lifetimeOf(ttl))
  const data = {
    type: type ?? kvTypeOf(value),
    value: value === null ? Prisma.JsonNull : (value as never),
    expiresAt,
    updatedAt: new Date(),
  }
  checkKvValue(type ?? kvTypeOf(value), value)
  const isThere = (await db.kvEntry.count({ where: { tenantId, namespace, key, ...isLive() } })) > 0
  if (isThere) await requirePermission(scope, 'KV:UPDATE', namespace)
  await db.kvEntry.upsert({
    where: { tenantId_namespace_key: { tenantId, namespace, key } },
    create: { tenantId, namespace, key, ...data },
    update: { ...data, version: { increment: 1 } },
  })
  return getKv(scope, { namespace, key })
}

const longestMs = 100 * 365 * 24 * 3600 * 1000

function lifetimeOf(ttl: string): number {
  const ms = parseDuration(ttl)
  if (ms !== null && ms > 0 && ms <= longestMs) return ms
  const message = `ttl: ${ttl} is no time to live; write PT1H or P30D, a hundred years at most`
  throw new AppError('INVALID', message, [{ path: 'ttl', message, code: 'INVALID_VALUE' }])
}
