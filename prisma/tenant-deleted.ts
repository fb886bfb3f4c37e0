import type { Database } from './client'
import { tenantDb } from './tenant-db'

/**
 * For the operator, line by line: the tenants that were deleted or are about to be; with a slug that one, and the entries of
 * the audit log that it has left, as JSON.
 */
export async function* describeDeleted(db: Database, slug?: string): AsyncGenerator<string> {
  const tenants = await db.tenant.findMany({
    where: { NOT: { deletionRequestedAt: null }, ...(slug === undefined ? {} : { slug }) },
    orderBy: { deletionRequestedAt: 'asc' },
  })
  if (tenants.length === 0) yield slug === undefined ? 'No tenant was deleted.' : `${slug} was not deleted.`
  for (const tenant of tenants) {
    const { id, slug: address, name, deletionRequestedAt, deletionRequestedBy } = tenant
    const end = describeEnd(tenant)
    yield `${address} (${name}): asked for on ${deletionRequestedAt?.toISOString()} by ${deletionRequestedBy}, ${end}`
    if (slug !== undefined) yield* auditOf(db, id)
  }
}

function describeEnd({ deletedAt, clusterUsedAt }: { deletedAt: Date | null; clusterUsedAt: Date | null }): string {
  if (deletedAt !== null) return `gone since ${deletedAt.toISOString()}`
  if (clusterUsedAt === null) return 'is being taken away'
  return 'is being taken away; its namespace in the cluster waits for a worker that reaches the cluster (MILLRACE_KUBECONFIG)'
}

async function* auditOf(db: Database, tenantId: string): AsyncGenerator<string> {
  for (let after = 0n; ; ) {
    const entries = await tenantDb(tenantId, db).auditEntry.findMany({
      where: { tenantId, position: { gt: after } },
      omit: { previous: true },
      orderBy: { position: 'asc' },
      take: 500,
    })
    for (const { hash, position, ...entry } of entries) {
      yield JSON.stringify({ position: String(position), ...entry, hash: Buffer.from(hash).toString('hex') })
    }
    const last = entries.at(-1)
    if (last === undefined) return
    after = last.position
  }
}
