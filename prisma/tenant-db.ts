import { type Database, database, poolOf } from './client'
import type { Prisma } from './generated/client'
import { runScoped, type Settings, type Statement, toArrayText } from './scoped-sql'

export type Transaction = Prisma.TransactionClient

export type ScopedDb = Omit<Database, `$${string}`> &
  Pick<Database, '$queryRaw' | '$executeRaw'> & {
    /** Several operations that happen together or not at all. */
    transact<T>(run: (tx: Transaction) => Promise<T>, options?: TransactOptions): Promise<T>
    /** Hot paths: plain SQL in one transaction, without Prisma's cost; the rows of each statement. */
    sql(...statements: Statement[]): Promise<unknown[][]>
  }

type TransactOptions = { timeoutMs?: number; isolationLevel?: Prisma.TransactionIsolationLevel }

export type TenantDbOptions = {
  /** Only what lies in these namespaces and their children; the whole tenant where absent. */
  namespaces?: readonly string[]
  /** Who changes what is changed, for the audit log: JSON. */
  actor?: string
}

/**
 * The database as one tenant sees it: Postgres itself hides and refuses rows of others.
 * @example
 * const flows = await tenantDb(tenantId).flow.findMany({ where: { namespace } })
 * await tenantDb(tenantId).transact(async tx => { ... })
 */
export function tenantDb(
  tenantId: string,
  db: Database = database(),
  { namespaces, actor }: TenantDbOptions = {},
): ScopedDb {
  const settings: Settings = {
    'app.tenant': tenantId,
    ...(namespaces !== undefined && { 'app.namespaces': toArrayText(namespaces) }),
    ...(actor !== undefined && { 'app.actor': actor }),
  }
  return scopedDb(settings, db)
}

/** What a signed-in user may see before a tenant is chosen: their memberships. */
export function userDb(userId: string, db: Database = database()): ScopedDb {
  return scopedDb({ 'app.user': userId }, db)
}

/** What the bearer of an API token may see before its tenant is known: the token's row. */
export function tokenDb(tokenHash: string, db: Database = database()): ScopedDb {
  return scopedDb({ 'app.token_hash': tokenHash }, db)
}

/** What the bearer of an invitation may see before they belong to its tenant: the invitation. */
export function invitationDb(hash: string, db: Database = database()): ScopedDb {
  return scopedDb({ 'app.invitation_hash': hash }, db)
}

function scopedDb(settings: Settings, db: Database): ScopedDb {
  const extended = db.$extends({
    query: {
      // Covers models and raw queries. The setting ends with the transaction, so that no other request inherits it.
      async $allOperations({ args, query }) {
        const [, result] = await db.$transaction([setLocal(db, settings), query(args)])
        return result
      },
    },
  })
  const transact: ScopedDb['transact'] = (run, { timeoutMs = 15_000, isolationLevel } = {}) =>
    db.$transaction(
      async tx => {
        await setLocal(tx, settings)
        return run(tx)
      },
      { timeout: timeoutMs, maxWait: 10_000, isolationLevel },
    )
  const sql: ScopedDb['sql'] = (...statements) => runScoped(poolOf(db), settings, statements)
  return Object.assign(extended as unknown as ScopedDb, { transact, sql })
}

function setLocal(db: Database | Transaction, settings: Settings) {
  return db.$queryRaw`select set_config(key, value, true) from json_each_text(${JSON.stringify(settings)}::json)`
}
