import { Readable } from 'node:stream'
import { FileNotFound } from '#db/storage'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { storage } from '../storage'
import { writeZip, type ZipEntry } from '../zip/write-zip'
import { folderOf, requireFilesInReach, storagePathOf } from './file-place'

/**
 * The files of a namespace, or of one of its folders, as a zip that is made while it is read; paths in it begin below the
 * folder. Throws NOT_FOUND where there are none.
 */
export async function exportFiles(
  scope: Scope,
  { namespace, path }: { namespace: string; path: string | undefined },
): Promise<Readable> {
  requireFilesInReach(scope, namespace)
  const folder = path === undefined ? folderOf(namespace) : storagePathOf({ namespace, path })
  const entries = entriesOf(scope.tenantId, folder)
  const first = await entries.next()
  if (first.done) throw new AppError('NOT_FOUND', `There are no files in ${path ?? 'the namespace'} ${namespace}`)
  return Readable.from(writeZip(withFirst(first.value, entries)))
}

async function* entriesOf(tenantId: string, folder: string): AsyncGenerator<ZipEntry, undefined> {
  for await (const { path, modifiedAt } of storage().list(tenantId, folder)) {
    try {
      // It may have gone since it was listed.
      await storage().stat(tenantId, path)
    } catch (error) {
      if (error instanceof FileNotFound) continue
      throw error
    }
    yield { path: path.slice(folder.length + 1), modifiedAt, open: () => storage().open(tenantId, path) }
  }
}

async function* withFirst<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}
