import { escapeLike } from '#db/like'
import type { Scope } from '../access/tenant-scope'
import { isLive, type KvSummary, toKvSummary } from './kv'

/** A namespace with more is searched by the beginning of a key. */
const mostListed = 1000

type ListKv = { namespace?: string | undefined; q?: string | undefined }

/** Entries of a namespace, or of all; without their values, which may be large. */
export async function listKv({ db, tenantId }: Scope, { namespace, q }: ListKv) {
  const where = {
    tenantId,
    ...isLive(),
    ...(namespace === undefined ? {} : { namespace }),
    ...(q === undefined ? {} : { key: { contains: escapeLike(q) } }),
  }
  const [rows, total] = await Promise.all([
    db.kvEntry.findMany({
      where,
      select: { namespace: true, key: true, type: true, version: true, updatedAt: true, expiresAt: true },
      orderBy: [{ namespace: 'asc' }, { key: 'asc' }],
      take: mostListed,
    }),
    db.kvEntry.count({ where }),
  ])
  const results: KvSummary[] = rows.map(toKvSummary)
  return { results, total }
}
