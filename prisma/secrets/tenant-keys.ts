import { randomBytes } from 'node:crypto'
import type { ScopedDb } from '../tenant-db'
import { KeyError, type MasterKeys, masterKeyOf, requireMasterKeys } from './master-keys'

/** The data key of a tenant; values say the version of theirs. */
export type TenantKey = { version: number; key: Buffer }

export type TenantKeys = {
  /** The one that seals; made when a tenant keeps its first secret. */
  current(tenantId: string): Promise<TenantKey>
  ofVersion(tenantId: string, version: number): Promise<TenantKey>
}

type Row = { version: number; wrapped: Buffer; masterKey: string }

/** The version of the key that seals. */
const sealing = 1

/** Opened keys are kept in memory: so many at most, the oldest go first. */
const keptKeys = 10_000

/** Data keys are never replaced, only added and wrapped anew, so that what is kept stays right. */
export function createTenantKeys(masterKeys: MasterKeys | null, db: (tenantId: string) => ScopedDb): TenantKeys {
  const kept = new Map<string, TenantKey>()

  async function keep(tenantId: string, row: Row): Promise<TenantKey> {
    const key = { version: row.version, key: await unwrap(requireMasterKeys(masterKeys), tenantId, row) }
    if (kept.size >= keptKeys) kept.delete(kept.keys().next().value ?? '')
    kept.set(`${tenantId}/${row.version}`, key)
    return key
  }

  return {
    async current(tenantId) {
      const known = kept.get(`${tenantId}/${sealing}`)
      if (known !== undefined) return known
      const keys = requireMasterKeys(masterKeys)
      return keep(
        tenantId,
        (await findKey(db(tenantId), tenantId, sealing)) ?? (await makeKey(db(tenantId), tenantId, keys)),
      )
    },
    async ofVersion(tenantId, version) {
      const known = kept.get(`${tenantId}/${version}`)
      if (known !== undefined) return known
      requireMasterKeys(masterKeys)
      const row = await findKey(db(tenantId), tenantId, version)
      if (row === undefined) throw new KeyError(`The data key ${version} of this tenant is gone`)
      return keep(tenantId, row)
    },
  }
}

const findSql = `
SELECT version, wrapped, master_key AS "masterKey" FROM tenant_key WHERE tenant_id = $1::uuid AND version = $2::int`

async function findKey(db: ScopedDb, tenantId: string, version: number): Promise<Row | undefined> {
  const [rows] = (await db.sql({ name: 'find-tenant-key', text: findSql, values: [tenantId, version] })) as [Row[]]
  return rows[0]
}

/** Two processes may want it at once: the first one's key is both's. */
async function makeKey(db: ScopedDb, tenantId: string, { current }: MasterKeys): Promise<Row> {
  const version = sealing
  const wrapped = await current.wrap(randomBytes(32), placeOf(tenantId, version))
  await db.tenantKey.createMany({
    data: { tenantId, version, wrapped: new Uint8Array(wrapped), masterKey: current.id },
    skipDuplicates: true,
  })
  return (await findKey(db, tenantId, version))!
}

async function unwrap(keys: MasterKeys, tenantId: string, { version, wrapped, masterKey }: Row): Promise<Buffer> {
  const key = await masterKeyOf(keys, masterKey).unwrap(Buffer.from(wrapped), placeOf(tenantId, version))
  if (key !== null) return key
  throw new KeyError(`The data key ${version} of this tenant can't be opened: its row was changed`)
}

/**
 * Wraps the data keys of a tenant by the current master key where another one did; how many. Values stay as they are,
 * and processes that know both keys go on meanwhile.
 */
export async function rewrapTenantKeys(db: ScopedDb, tenantId: string, keys: MasterKeys): Promise<number> {
  const rows = await db.tenantKey.findMany({ where: { tenantId, masterKey: { not: keys.current.id } } })
  for (const { version, wrapped, masterKey } of rows) {
    const key = await unwrap(keys, tenantId, { version, wrapped: Buffer.from(wrapped), masterKey })
    const anew = await keys.current.wrap(key, placeOf(tenantId, version))
    await db.tenantKey.updateMany({
      where: { tenantId, version, masterKey },
      data: { wrapped: new Uint8Array(anew), masterKey: keys.current.id },
    })
  }
  return rows.length
}

function placeOf(tenantId: string, version: number): string[] {
  return ['tenant key', tenantId, String(version)]
}
