import { type Database, database, poolOf } from './client'
import type { Prisma } from './generated/client'
import { runScoped, type Setting, type Statement } from './scoped-sql'

export type Transaction = Prisma.TransactionClient

export type ScopedDb = Omit<Database, `$${string}`> &
  Pick<Database, '$queryRaw' | '$executeRaw'> & {
    /** Several operations that happen together or not at all. */
    transact<T>(run: (tx: Transaction) => Promise<T>, options?: TransactOptions): Promise<T>
    /** Hot paths: plain SQL in one transaction, without Prisma's cost; the rows of each statement. */
    sql(...statements: Statement[]): Promise<unknown[][]>
  }

type TransactOptions = { timeoutMs?: number; isolationLevel?: Prisma.TransactionIsolationLevel }

/**
 * The database as one tenant sees it: Postgres itself hides and refuses rows of others.
 * @example
 * const flows = await tenantDb(tenantId).flow.findMany({ where: { namespace } })
 * await tenantDb(tenantId).transact(async tx => { ... })
 */
export function tenantDb(tenantId: string, db: Database = database()): ScopedDb {
  return scopedDb('app.tenant', tenantId, db)
}

/** What a signed-in user may see before a tenant is chosen: their memberships. */
export function userDb(userId: string, db: Database = database()): ScopedDb {
  return scopedDb('app.user', userId, db)
}

/** What the bearer of an API token may see before its tenant is known: the token's row. */
export function tokenDb(tokenHash: string, db: Database = database()): ScopedDb {
  return scopedDb('app.token_hash', tokenHash, db)
}

function scopedDb(setting: Setting, value: string, db: Database): ScopedDb {
  const extended = db.$extends({
    query: {
      // Covers models and raw queries. The setting ends with the transaction, so that no other request inherits it.
      async $allOperations({ args, query }) {
        const [, result] = await db.$transaction([setLocal(db, setting, value), query(args)])
        return result
      },
    },
  })
  const transact: ScopedDb['transact'] = (run, { timeoutMs = 15_000, isolationLevel } = {}) =>
    db.$transaction(
      async tx => {
        await setLocal(tx, setting, value)
        return run(tx)
      },
      { timeout: timeoutMs, maxWait: 10_000, isolationLevel },
    )
  const sql: ScopedDb['sql'] = (...statements) => runScoped(poolOf(db), [setting, value], statements)
  return Object.assign(extended as unknown as ScopedDb, { transact, sql })
}

function setLocal(db: Database | Transaction, setting: Setting, value: string) {
  return db.$queryRaw`select set_config(${setting}, ${value}, true)`
}
