import type { Scope } from '../access/tenant-scope'
import { storage } from '../storage'
import { folderOf, type NamespaceFile, requireFilesInReach } from './file-place'

const mostListed = 5000

/** The files of a namespace by path; `isCut` where there are more than can be listed. */
export async function listFiles(
  scope: Scope,
  { namespace }: { namespace: string },
): Promise<{ results: NamespaceFile[]; isCut: boolean }> {
  requireFilesInReach(scope, namespace)
  const folder = folderOf(namespace)
  const results: NamespaceFile[] = []
  let isCut = false
  for await (const { path, size, modifiedAt } of storage().list(scope.tenantId, folder)) {
    isCut = results.length === mostListed
    if (isCut) break
    results.push({ path: path.slice(folder.length + 1), size, updated: modifiedAt.toISOString() })
  }
  results.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { results, isCut }
}
