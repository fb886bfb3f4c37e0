import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createDatabase, disconnectDatabase } from '#db/client'
import { giveSeat } from '#db/seats'
import { templateName, withDatabase } from './global-services'

export type FreshDatabase = {
  /** Of its owner; the product's clients take the role `millrace_app` themselves. */
  url: string
  tenantId: string
  otherTenantId: string
  /** Owner of the first tenant. */
  userId: string
  drop(): Promise<void>
}

/**
 * A migrated database of its own for a test file, with two tenants. `DATABASE_URL` names it from then on, so that
 * `database()` and `tenantDb(id)` use it.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const empty = await freshEmptyDatabase()
  return { ...empty, ...(await createTenants(empty.url)) }
}

/** The same without any row. */
export async function freshEmptyDatabase(): Promise<Pick<FreshDatabase, 'url' | 'drop'>> {
  const postgresUrl = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(postgresUrl, `create database ${name} template ${templateName}`)
  const url = withDatabase(postgresUrl, name)
  process.env.DATABASE_URL = url
  return {
    url,
    async drop() {
      await disconnectDatabase()
      await asOwner(postgresUrl, `drop database ${name} with (force)`)
    },
  }
}

async function createTenants(url: string) {
  const db = createDatabase(url, { maxConnections: 1 })
  try {
    const user = await db.user.create({ data: { email: 'owner@example.com', passwordHash: '' } })
    const tenant = await db.tenant.create({ data: { slug: 'acme', name: 'Acme', plan: 'SCALE' } })
    const other = await db.tenant.create({ data: { slug: 'other', name: 'Other', plan: 'SCALE' } })
    await db.$transaction(async tx => {
      await tx.$executeRaw`select set_config('app.tenant', ${tenant.id}, true)`
      await giveSeat(tx, { tenantId: tenant.id, userId: user.id }, 'OWNER')
    })
    return { tenantId: tenant.id, otherTenantId: other.id, userId: user.id }
  } finally {
    await db.$disconnect()
  }
}

async function asOwner(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
