import type { ScopedDb } from './tenant-db'

const atOnce = 1000

/** Puts entries that were written beside a tenant's chain into it (migration 0082). Safe with any number of callers. */
export async function sealAudit(db: Pick<ScopedDb, 'sql'>): Promise<void> {
  for (;;) {
    const [rows] = (await db.sql({ name: 'seal-audit', text: sealSql, values: [atOnce] })) as [{ sealed: number }[]]
    if ((rows[0]?.sealed ?? 0) < atOnce) return
  }
}

const sealSql = 'SELECT seal_audit($1::int) AS sealed'
