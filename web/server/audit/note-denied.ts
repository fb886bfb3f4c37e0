import type { ScopedDb } from '#db/tenant-db'
import { createRateLimit } from '../auth/rate-limit'

type Sql = Pick<ScopedDb, 'sql'>

/** So that nobody fills the log by asking: beyond it the same refusals are not noted. */
const noted = createRateLimit({ attempts: 30, windowMs: 60_000 })

/** Keeps in the audit log that somebody asked for what they may not. */
export async function noteDenied(
  { wholeDb, tenantId, userId }: { wholeDb: Sql; tenantId: string; userId: string },
  permission: string,
  namespace: string | undefined,
): Promise<void> {
  if (!noted.take(`${tenantId}/${userId}`)) return
  await appendAudit(wholeDb, { action: 'DENIED', permission, target: namespace ?? '', namespace })
}

const appendSql = 'SELECT append_audit($1, $2, $3, $4, NULL, $5::jsonb)'

type Noted = {
  action: string
  permission: string
  target: string
  namespace?: string | undefined
  /** What else to keep; no secret. */
  details?: object
}

/** An entry of its own, for what changes no row by itself. */
export async function appendAudit(db: Sql, { action, permission, target, namespace, details }: Noted): Promise<void> {
  const [resource = ''] = permission.split(':')
  const values = [action, resource, target, namespace ?? null, JSON.stringify({ permission, ...details })]
  await db.sql({ name: 'append-audit', text: appendSql, values })
}
