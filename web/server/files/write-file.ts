import { Readable } from 'node:stream'
import { requirePermission, type Scope } from '../access/tenant-scope'
import { appendAudit } from '../audit/note-denied'
import { AppError } from '../errors/app-error'
import { storage, storageRoom } from '../storage'
import { type FilePlace, type NamespaceFile, storagePathOf } from './file-place'

export const maxFileBytes = 100 * 1024 * 1024

/**
 * Stores a file, or replaces one, which takes the right to change it. A file that is too large leaves nothing behind. Throws
 * PlanLimitReached where the tenant's files fill its plan.
 */
export async function writeFile(
  scope: Scope,
  place: FilePlace,
  content: Readable | string,
  maxBytes = maxFileBytes,
): Promise<NamespaceFile> {
  const { namespace } = place
  await storageRoom.require(scope.wholeDb, scope.tenantId)
  const path = storagePathOf(place)
  const isThere = await storage().exists(scope.tenantId, path)
  if (isThere) await requirePermission(scope, 'FILE:UPDATE', namespace)
  await noteFile(scope, isThere ? 'UPDATE' : 'CREATE', place)
  await keepNamespace(scope, namespace)
  const source = typeof content === 'string' ? content : Readable.from(upTo(maxBytes, content, place.path))
  await storage().put(scope.tenantId, path, source)
  const { size, modifiedAt } = await storage().stat(scope.tenantId, path)
  storageRoom.add(scope.tenantId, size)
  return { path: place.path, size, updated: modifiedAt.toISOString() }
}

/** Files stand in no table: the log says beforehand what is about to happen. */
export async function noteFile(scope: Scope, action: string, { namespace, path }: FilePlace): Promise<void> {
  const permission = `FILE:${action}`
  await appendAudit(scope.wholeDb, { action, permission, target: `${namespace}/${path}`, namespace })
}

/** A namespace that has only files is in the tree all the same. */
async function keepNamespace({ db, tenantId }: Scope, id: string): Promise<void> {
  await db.namespace.createMany({ data: { tenantId, id }, skipDuplicates: true })
}

async function* upTo(limit: number, content: Readable, name: string): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new AppError('TOO_LARGE', `${name} is larger than ${limit / 1024 / 1024} MiB`)
    yield chunk
  }
}
