import { FileNotFound, StoragePathRefused, type StoredFile } from '#db/storage'
import { executionIdOf, parseStorageUri } from '#db/storage/uri'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { storage } from '../storage'
import { noSuchExecution } from './find-execution'

/** The file of an execution behind a `kestra:///` address; anything that is not this execution's reads as missing. */
export async function findExecutionFile(scope: Scope, { id, path }: { id: string; path: string }): Promise<StoredFile> {
  const storagePath = parseStorageUri(path)
  if (storagePath === null) throw new AppError('BAD_REQUEST', `path: ${path} is no kestra:/// address`)
  await requireOwner(scope, id, storagePath)
  try {
    return await storage().stat(scope.tenantId, storagePath)
  } catch (error) {
    if (error instanceof FileNotFound || error instanceof StoragePathRefused) throw noSuchFile(path)
    throw error
  }
}

/** A replay shows files of the executions it was made from, which share its origin. */
async function requireOwner({ db, tenantId }: Scope, id: string, storagePath: string): Promise<void> {
  const ownerId = executionIdOf(storagePath)
  if (ownerId === null || storagePath.split('/').includes('..')) throw noSuchFile(storagePath)
  const rows = await db.execution.findMany({
    where: { tenantId, id: { in: [id, ownerId] } },
    select: { id: true, originalId: true },
  })
  const asked = rows.find(row => row.id === id)
  if (asked === undefined) throw noSuchExecution(id)
  if (ownerId === id) return
  const owner = rows.find(row => row.id === ownerId)
  const originOf = (row: { id: string; originalId: string | null }) => row.originalId ?? row.id
  if (owner === undefined || originOf(owner) !== originOf(asked)) throw noSuchFile(storagePath)
}

function noSuchFile(path: string): AppError {
  return new AppError('NOT_FOUND', `There is no file ${path} of this execution`)
}
