import type { ScopedDb } from '#db/tenant-db'

const atOnce = 5000

/** Cuts entries from before a date off the audit log, the oldest first; the rest is still a whole chain. */
export async function deleteOldAudit(db: ScopedDb, before: Date): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ dropped: number }[]>`
      select drop_audit_before(${before}::timestamptz, ${atOnce}::int)::int as dropped`
    if ((row?.dropped ?? 0) < atOnce) return
  }
}
