import type { Storage } from '../storage/storage'
import type { ScopedDb } from '../tenant-db'

/** Lists all files of a tenant and keeps how much of them each namespace has. A slow look: seldom. */
export async function measureStorage(
  { db, storage }: { db: ScopedDb; storage: Storage },
  tenantId: string,
): Promise<void> {
  const measured = new Map<string, { bytes: number; files: number }>()
  for await (const { path, size } of storage.list(tenantId, '')) {
    const namespace = namespaceOf(path)
    const { bytes, files } = measured.get(namespace) ?? { bytes: 0, files: 0 }
    measured.set(namespace, { bytes: bytes + size, files: files + 1 })
  }
  const data = [...measured].map(([namespace, { bytes, files }]) => ({ tenantId, namespace, bytes, files }))
  await db.transact(async tx => {
    await tx.usageStorage.deleteMany({ where: { tenantId } })
    await tx.usageStorage.createMany({ data, skipDuplicates: true })
  })
}

/** The folders of `storage/uri.ts`, read backwards; what lies in none of them counts for the namespace of its folder. */
export function namespaceOf(path: string): string {
  const parts = path.split('/').slice(0, -1)
  const shared = parts.findIndex(part => part === '_files' || part === '_cache')
  if (shared > 0) return parts.slice(0, shared).join('.')
  const executions = parts.indexOf('executions')
  if (executions > 1) return parts.slice(0, executions - 1).join('.')
  const cache = parts.indexOf('cache')
  return (cache > 2 ? parts.slice(0, cache - 2) : parts).join('.')
}
