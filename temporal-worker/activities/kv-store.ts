import { escapeLike } from '#db/like'
import { createNamespaceAccess, mayUse, readAccessRules } from '#db/namespace-access'
import { withParents } from '#db/namespaces'
import type { ScopedDb } from '#db/tenant-db'
import { type KvStore, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import type { Masker } from './masking/masker'

/**
 * Keys and values of namespaces; without a namespace, reads climb from the flow's to those of its parents that admit it.
 * What names a namespace that does not is refused.
 */
export function createKvStore(db: ScopedDb, tenantId: string, ownNamespace: string): KvStore {
  const access = createNamespaceAccess(db, tenantId, ownNamespace)

  async function requireAccess(namespace: string): Promise<void> {
    const refusal = await access.refusal('the KV entries', namespace)
    if (refusal !== null) throw new TaskError(refusal)
  }

  async function placesOf(namespace: string | undefined): Promise<string[]> {
    if (namespace === undefined) return access.admitted(withParents(ownNamespace))
    await requireAccess(namespace)
    return [namespace]
  }

  return {
    async get(key, namespace) {
      for (const candidate of await placesOf(namespace)) {
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
      await requireAccess(namespace)
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
      await requireAccess(namespace)
      const { count } = await db.kvEntry.deleteMany({ where: { tenantId, namespace, key } })
      return count > 0
    },
    async keys(prefix = '', namespace = ownNamespace) {
      await requireAccess(namespace)
      const entries = await db.kvEntry.findMany({
        where: { tenantId, namespace, key: { startsWith: escapeLike(prefix) } },
        select: { key: true, expiresAt: true },
        orderBy: { key: 'asc' },
      })
      return entries.filter(entry => !isExpired(entry.expiresAt)).map(entry => entry.key)
    },
    purge: (isWanted, { expiredOnly }) => purgeEntries({ db, tenantId, user: ownNamespace }, isWanted, expiredOnly),
  }
}

/** The same, but a secret of the task run is not kept where whoever reads KV entries would read it. */
export function withoutSecrets(store: KvStore, masker: Masker): KvStore {
  return {
    ...store,
    async set(key, value, options) {
      if (masker.holdsSecret(key) || masker.holdsSecret(value)) {
        throw new TaskError(
          `The key ${masker.text(key)} is not set: its value holds a secret, which a KV entry would show to everyone who reads it. Keep it as a secret of the namespace`,
        )
      }
      await store.set(key, value, options)
    },
  }
}

const purgePage = 500

type PurgeBy = { db: ScopedDb; tenantId: string; user: string }

/** Of namespaces that do not admit the user's none is touched. */
async function purgeEntries(
  { db, tenantId, user }: PurgeBy,
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
    const candidates = page.filter(isWanted)
    const rules = await readAccessRules(
      db,
      tenantId,
      candidates.map(({ namespace }) => namespace),
    )
    const wanted = candidates.filter(({ namespace }) => mayUse(rules, { user, holder: namespace }))
    if (wanted.length > 0) purged += (await db.kvEntry.deleteMany({ where: { ...due, OR: wanted } })).count
    const last = page.at(-1)
    if (last === undefined || page.length < purgePage) return purged
    after = last
  }
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
