import type { Scope } from '../access/tenant-scope'
import { storage } from '../storage'
import { type FilePlace, noSuchFile, storagePathOf } from './file-place'
import { noteFile } from './write-file'

/** Deletes a file, or a folder with all that is in it. */
export async function deleteFile(scope: Scope, place: FilePlace): Promise<{ deleted: number }> {
  const { tenantId } = scope
  const path = storagePathOf(place)
  if (await storage().exists(tenantId, path)) {
    await noteFile(scope, 'DELETE', place)
    return { deleted: (await storage().delete(tenantId, path)) ? 1 : 0 }
  }
  if (!(await isFolder(tenantId, path))) throw noSuchFile(place)
  await noteFile(scope, 'DELETE', { ...place, path: `${place.path}/` })
  return { deleted: await storage().deletePrefix(tenantId, path) }
}

async function isFolder(tenantId: string, path: string): Promise<boolean> {
  for await (const _file of storage().list(tenantId, path)) return true
  return false
}
