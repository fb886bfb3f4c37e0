import { createNamespaceAccess, type NamespaceAccess } from '../namespace-access'
import type { SecretBox } from '../secret-box'
import type { ScopedDb } from '../tenant-db'
import type { EnvironmentSecrets } from './environment-secrets'

export type SecretRef = { tenantId: string; namespace: string; key: string }

/** What may be told of a secret: anything but its value. */
export type SecretInfo = {
  namespace: string
  key: string
  version: number
  description: string
  createdAt: Date
  createdBy: string | null
}

export type FoundSecret = { namespace: string; key: string; version: number; value: string }

export type SecretStore = {
  /**
   * The newest value of the nearest of the namespaces (nearest first) that has the key; a key in other letters is also
   * found in capitals, as Kestra does. Where none has it, the environment may.
   */
  find(tenantId: string, namespaces: readonly string[], key: string): Promise<FoundSecret | null>
  /** What flows of a namespace may use of the others'. */
  access(tenantId: string, namespace: string): NamespaceAccess
  /** Keeps a new version of it; through a database of whoever does so, where the audit log is to tell. */
  put(
    secret: SecretRef & { value: string; description?: string; createdBy?: string },
    through?: ScopedDb,
  ): Promise<SecretInfo>
}

/** Older versions than so many are removed when a new one comes. */
const keptVersions = 10

export function createSecretStore(
  box: SecretBox,
  db: (tenantId: string) => ScopedDb,
  environment: EnvironmentSecrets = () => undefined,
): SecretStore {
  return {
    async find(tenantId, namespaces, key) {
      const row = await findNearest(db(tenantId), tenantId, namespaces, key)
      if (row === undefined) return ofEnvironment(environment, key)
      const { ciphertext, dataKey, ...found } = row
      return { ...found, value: await box.open(tenantId, { ciphertext, dataKey }, placeOf(row)) }
    },
    access: (tenantId, namespace) => createNamespaceAccess(db(tenantId), tenantId, namespace),
    async put(secret, through = db(secret.tenantId)) {
      // The version is part of what is sealed; should somebody else take it first, the next one is tried.
      for (;;) {
        const info = await insertNext(secret, box, through)
        if (info !== null) return info
      }
    },
  }
}

function ofEnvironment(environment: EnvironmentSecrets, key: string): FoundSecret | null {
  const value = environment(key)
  return value === undefined ? null : { namespace: 'the environment', key, version: 1, value }
}

type NewSecret = Parameters<SecretStore['put']>[0]

/** Null where somebody else wrote the same version just before. */
async function insertNext(secret: NewSecret, box: SecretBox, db: ScopedDb): Promise<SecretInfo | null> {
  const { tenantId, namespace, key, value, description, createdBy } = secret
  const where = { tenantId, namespace, key }
  const last = await db.secret.findFirst({ where, orderBy: { version: 'desc' }, select: infoColumns })
  const version = (last?.version ?? 0) + 1
  const { ciphertext, dataKey } = await box.seal(tenantId, value, placeOf({ namespace, key, version }))
  const row = {
    ...{ ...where, version, dataKey },
    ciphertext: new Uint8Array(ciphertext),
    description: description ?? last?.description ?? '',
    createdBy: createdBy ?? null,
  }
  return db.transact(async tx => {
    const { count } = await tx.secret.createMany({ data: row, skipDuplicates: true })
    if (count === 0) return null
    await tx.secret.deleteMany({ where: { ...where, version: { lte: version - keptVersions } } })
    return tx.secret.findFirst({ where: { ...where, version }, select: infoColumns })
  })
}

/** The columns that may be read out. */
export const infoColumns = {
  namespace: true,
  key: true,
  version: true,
  description: true,
  createdAt: true,
  createdBy: true,
} as const

type Row = { namespace: string; key: string; version: number; ciphertext: Buffer; dataKey: number }

const findSql = `
SELECT namespace, key, version, ciphertext, data_key AS "dataKey" FROM secret
WHERE tenant_id = $1::uuid AND namespace = ANY($2::text[]) AND key = ANY($3::text[])
ORDER BY array_position($2::text[], namespace), array_position($3::text[], key), version DESC LIMIT 1`

async function findNearest(
  db: ScopedDb,
  tenantId: string,
  namespaces: readonly string[],
  key: string,
): Promise<Row | undefined> {
  const values = [tenantId, namespaces, [key, key.toUpperCase()]]
  const [rows] = (await db.sql({ name: 'find-secret', text: findSql, values })) as [Row[]]
  return rows[0]
}

function placeOf({ namespace, key, version }: { namespace: string; key: string; version: number }): string[] {
  return ['secret', namespace, key, String(version)]
}
