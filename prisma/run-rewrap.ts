import { createDatabase, databaseUrl } from './client'
import { KeyError, readMasterKeys } from './secret-box'
import { requireMasterKeys } from './secrets/master-keys'
import { rewrapTenantKeys } from './secrets/tenant-keys'
import { resealUserValues } from './secrets/user-values'
import { tenantDb } from './tenant-db'

/** `npm run keys:rewrap`: the last step of a rotation of the master key; see prisma/README.md. */
async function rewrapAll(): Promise<string> {
  const keys = requireMasterKeys(readMasterKeys(process.env))
  const db = createDatabase(databaseUrl(), { maxConnections: 2 })
  try {
    let rewrapped = 0
    for (const { id } of await db.tenant.findMany({ select: { id: true } })) {
      rewrapped += await rewrapTenantKeys(tenantDb(id, db), id, keys)
    }
    const resealed = await resealUserValues(db, keys)
    return `${rewrapped} data keys and ${resealed} second factors are now under the master key ${keys.current.id}.`
  } finally {
    await db.$disconnect()
  }
}

try {
  console.log(await rewrapAll())
} catch (error) {
  if (!(error instanceof KeyError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
