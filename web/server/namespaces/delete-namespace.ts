import { namespaceFilesFolder } from '#db/storage/uri'
import { requirePermission, type Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { storage } from '../storage'
import { noSuchNamespace } from './get-namespace'

/** What is said of it; refused while flows, secrets, KV entries or files are in it, which would bring it back at once. */
export async function deleteNamespace(scope: Scope, id: string): Promise<{ id: string }> {
  await requirePermission(scope, 'NAMESPACE:DELETE', id)
  const { db, tenantId } = scope
  const where = { tenantId, namespace: id }
  const held = {
    flows: await db.flow.count({ where: { ...where, deleted: false } }),
    secrets: await db.secret.count({ where }),
    'KV entries': await db.kvEntry.count({ where }),
    files: (await hasFiles(tenantId, id)) ? 1 : 0,
  }
  const names = Object.entries(held).flatMap(([name, count]) => (count > 0 ? [name] : []))
  if (names.length > 0) {
    throw new AppError('CONFLICT', `The namespace ${id} still holds ${names.join(' and ')}; delete them first`)
  }
  const { count } = await db.namespace.deleteMany({ where: { tenantId, id } })
  if (count === 0) throw noSuchNamespace(id)
  return { id }
}

async function hasFiles(tenantId: string, namespace: string): Promise<boolean> {
  for await (const _file of storage().list(tenantId, namespaceFilesFolder(namespace))) return true
  return false
}
