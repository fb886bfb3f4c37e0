import { escapeLike } from '#db/like'
import type { ScopedDb } from '#db/tenant-db'
import { type KvStore, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'

/** Keys and values of namespaces; without a namespace, reads climb from the flow's to its parents. */
export function createKvStore(db: ScopedDb, tenantId: string, ownNamespace: string): KvStore {
  return {
    async get(key, namespace) {
      for (const candidate of namespace === undefined ? withParents(ownNamespace) : [namespace]) {
        const entry = await db.kvEntry.findUnique({
          where: { tenantId_namespace_key: { tenantId, namespace: candidate, key } },
        })
        if (entry !== null && !isExpired(entry.expiresAt)) return { value: entry.value as Json }
      }
      return null
    },
    async set(key, value, { namespace = ownNamespace, overwrite = true, ttlMs } = {}) {
      if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/.test(key))
        throw new TaskError(`${key} is no key: letters, digits, . _ - only`)
      const expiresAt = ttlMs === undefined ? null : new Date(Date.now() + ttlMs)
      const where = { tenantId_namespace_key: { tenantId, namespace, key } }
      await db.transact(async tx => {
        const old = await tx.kvEntry.findUnique({ where })
        if (old !== null && !isExpired(old.expiresAt) && !overwrite) {
          throw new TaskError(`The key ${key} exists in ${namespace}, and overwrite is false`)
        }
        const data = { type: typeOf(value), value: value as never, expiresAt, updatedAt: new Date() }
        await tx.kvEntry.upsert({
          where,
          create: { tenantId, namespace, key, ...data },
          update: { ...data, version: { increment: 1 } },
        })
      })
    },
    async delete(key, namespace = ownNamespace) {
      const { count } = await db.kvEntry.deleteMany({ where: { tenantId, namespace, key } })
      return count > 0
    },
    async keys(prefix = '', namespace = ownNamespace) {
      const entries = await db.kvEntry.findMany({
        where: { tenantId, namespace, key: { startsWith: escapeLike(prefix) } },
        select: { key: true, expiresAt: true },
        orderBy: { key: 'asc' },
      })
      return entries.filter(entry => !isExpired(entry.expiresAt)).map(entry => entry.key)
    },
    purge: (isWanted, { expiredOnly }) => purgeEntries(db, tenantId, isWanted, expiredOnly),
  }
}

const purgePage = 500

async function purgeEntries(
  db: ScopedDb,
  tenantId: string,
  isWanted: (entry: { namespace: string; key: string }) => boolean,
  expiredOnly: boolean,
): Promise<number> {
  // Asked again when deleting: an entry that is set anew meanwhile stays.
  const due = { tenantId, ...(expiredOnly ? { expiresAt: { lte: new Date() } } : {}) }
  let purged = 0
  let after: { namespace: string; key: string } = { namespace: '', key: '' }
  for (;;) {
    const page = await db.kvEntry.findMany({
      where: {
        ...due,
        OR: [{ namespace: { gt: after.namespace } }, { namespace: after.namespace, key: { gt: after.key } }],
      },
      select: { namespace: true, key: true },
      orderBy: [{ namespace: 'asc' }, { key: 'asc' }],
      take: purgePage,
    })
    const wanted = page.filter(isWanted)
    if (wanted.length > 0) purged += (await db.kvEntry.deleteMany({ where: { ...due, OR: wanted } })).count
    const last = page.at(-1)
    if (last === undefined || page.length < purgePage) return purged
    after = last
  }
}

/** `a.b.c` -> `a.b.c`, `a.b`, `a` */
export function withParents(namespace: string): string[] {
  const parts = namespace.split('.')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
}

function isExpired(expiresAt: Date | null): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now()
}

function typeOf(value: Json): string {
  if (typeof value === 'number') return 'NUMBER'
  if (typeof value === 'boolean') return 'BOOLEAN'
  if (typeof value !== 'string') return 'JSON'
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(value)) return 'DATETIME'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'DATE'
  return /^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?([\d.]+S)?)?$/.test(value) ? 'DURATION' : 'STRING'
}
