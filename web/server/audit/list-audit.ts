import { z } from 'zod'
import type { Prisma } from '#db/generated/client'
import { sealAudit } from '#db/seal-audit'
import type { Scope } from '../access/tenant-scope'
import { InTenant, integer, Timestamp } from '../schemas'
import { Actor } from './actor'

export const ListAudit = InTenant.extend({
  /** Position of the last entry already seen. */
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
  userId: z.uuid().optional(),
  resource: z.string().max(50).optional(),
  action: z.string().max(50).optional(),
  /** Part of what was changed: `company.team`, a name. */
  q: z.string().trim().max(200).optional(),
  startDate: z.iso.datetime({ offset: true }).optional(),
  endDate: z.iso.datetime({ offset: true }).optional(),
  limit: integer(1, 1000).default(100),
})

export const AuditEntry = z.object({
  position: z.string(),
  at: Timestamp,
  actor: Actor,
  action: z.string(),
  resource: z.string(),
  target: z.string(),
  namespace: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** Hex, of this entry and the one before it. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Entries, the newest first, with all that waited to be chained; the next page goes on after the last one's position. */
export async function listAudit(
  scope: Scope,
  input: Omit<z.output<typeof ListAudit>, 'tenant'>,
): Promise<AuditEntry[]> {
  const { db, tenantId } = scope
  const { cursor, userId, resource, action, q, startDate, endDate, limit } = input
  const where: Prisma.AuditEntryWhereInput = {
    tenantId,
    ...(cursor !== undefined && { position: { lt: BigInt(cursor) } }),
    ...(userId !== undefined && { actor: { path: ['userId'], equals: userId } }),
    ...(resource !== undefined && { resource }),
    ...(action !== undefined && { action }),
    ...(q && { target: { contains: q, mode: 'insensitive' } }),
    ...((startDate ?? endDate) && { at: { ...(startDate && { gte: startDate }), ...(endDate && { lte: endDate }) } }),
  }
  if (cursor === undefined) await sealAudit(db)
  const rows = await db.auditEntry.findMany({ where, orderBy: { position: 'desc' }, take: limit })
  const actors = rows.map(row => Actor.parse(row.actor))
  const unnamed = actors.filter(({ via }) => via !== 'system').map(({ userId }) => userId)
  const names = await namesOf(scope, new Set(unnamed))
  return rows.map((row, index) => {
    const actor = actors[index] as Actor
    const name = actor.name ?? names.get(actor.userId)
    return {
      position: row.position.toString(),
      at: row.at.toISOString(),
      actor: { ...actor, ...(name !== undefined && { name }) },
      action: row.action,
      resource: row.resource,
      target: row.target,
      namespace: row.namespace,
      before: row.before as AuditEntry['before'],
      after: row.after as AuditEntry['after'],
      hash: Buffer.from(row.hash).toString('hex'),
    }
  })
}

async function namesOf({ db }: Scope, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const users = await db.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, email: true } })
  return new Map(users.map(({ id, email }) => [id, email]))
}

/** Looks at the whole chain: the position of the first entry that was changed or is missing; null where it is whole. */
export async function findAuditBreak({ db }: Scope): Promise<string | null> {
  await sealAudit(db)
  const [rows] = (await db.sql({ name: 'audit-break', text: 'SELECT audit_break()::text AS broken', values: [] })) as [
    { broken: string | null }[],
  ]
  return rows[0]?.broken ?? null
}
