import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client'

export type Database = PrismaClient

/** The role of every connection of the application: it owns no table, and row-level security binds it. */
const appRole = 'millrace_app'

export type DatabaseOptions = { maxConnections?: number }

/** A client for what belongs to no tenant (users, sessions, tenants); tenant rows are reached through `tenantDb`. */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({ ...asAppRole(url), max: options.maxConnections ?? 10, idleTimeoutMillis: 60_000 })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    // Under load a request waits its turn for a connection; Prisma's two seconds would refuse it instead.
    transactionOptions: { maxWait: 30_000, timeout: 30_000 },
  })
  poolsOfDatabases().set(db, pool)
  return db
}

/** The connections below a client, for SQL that passes Prisma by. */
export function poolOf(db: Database): pg.Pool {
  const pool = poolsOfDatabases().get(db)
  if (!pool) throw new Error('this client was not made by createDatabase')
  return pool
}

/** How `pg` connects as the application's role. */
export function asAppRole(url: string): { connectionString: string } {
  const withRole = new URL(url)
  const given = withRole.searchParams.get('options')
  withRole.searchParams.set('options', `${given ? `${given} ` : ''}-c role=${appRole}`)
  return { connectionString: withRole.toString() }
}

/** Development servers load modules again; connections must not pile up. */
const shared = globalThis as { millraceDatabase?: Database; millracePools?: WeakMap<Database, pg.Pool> }

function poolsOfDatabases(): WeakMap<Database, pg.Pool> {
  shared.millracePools ??= new WeakMap()
  return shared.millracePools
}

/** The database of this process, of `DATABASE_URL`; connects on its first query. */
export function database(): Database {
  shared.millraceDatabase ??= createDatabase(databaseUrl())
  return shared.millraceDatabase
}

/** Ends the connections of this process; the next `database()` begins anew. */
export async function disconnectDatabase(): Promise<void> {
  await shared.millraceDatabase?.$disconnect()
  shared.millraceDatabase = undefined
}

export function databaseUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: start with `npm start`, or set it to a Postgres 15 or newer.')
  return url
}
