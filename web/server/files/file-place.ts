import { z } from 'zod'
import { FileNotFound, StoragePathRefused } from '#db/storage'
import { normalizePath } from '#db/storage/paths'
import { isNamespaceWithFiles, namespaceFilesFolder } from '#db/storage/uri'
import { reaches, reachOf } from '../access/access'
import type { Permission } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { InTenant, NamespaceId, Timestamp } from '../schemas'

export const InNamespace = InTenant.extend({ namespace: NamespaceId })
export const FilePath = z.string().min(1).max(1000).meta({ description: 'dir/name.txt, without a leading slash' })
export const FileRef = InNamespace.extend({ path: FilePath })

export const NamespaceFile = z.object({ path: z.string(), size: z.number(), updated: Timestamp })
export type NamespaceFile = z.infer<typeof NamespaceFile>

export type FilePlace = { namespace: string; path: string }

/** The folder of a namespace's files in the internal storage. */
export function folderOf(namespace: string): string {
  if (isNamespaceWithFiles(namespace)) return namespaceFilesFolder(namespace)
  throw new AppError('INVALID', `The namespace ${namespace} can't have files: a part of its name is empty`)
}

/** A file's place in the internal storage; refuses the same paths as the worker. */
export function storagePathOf({ namespace, path }: FilePlace): string {
  try {
    return normalizePath(`${folderOf(namespace)}/${normalizePath(path)}`)
  } catch (error) {
    throw error instanceof StoragePathRefused ? refused(path, error) : error
  }
}

function refused(path: string, { message }: StoragePathRefused): AppError {
  const why = message.slice(message.lastIndexOf(' is refused: ') + ' is refused: '.length)
  const shown = JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}...` : path)
  const text = `There can't be a file ${shown}: ${why}`
  return new AppError('INVALID', text, [{ path: 'path', message: text, code: 'INVALID_PATH' }])
}

/** Files are in no database that would hide them: what is out of reach reads as what is not there. */
export function requireFilesInReach(scope: Scope, namespace: string, permission: Permission = 'FILE:READ'): void {
  if (!reaches(reachOf(scope.access, permission), namespace)) {
    throw new AppError('NOT_FOUND', `There is no namespace ${namespace}`)
  }
}

export function noSuchFile({ namespace, path }: FilePlace): AppError {
  return new AppError('NOT_FOUND', `There is no file ${path} in the namespace ${namespace}`)
}

export function onMissing(place: FilePlace): (error: unknown) => never {
  return error => {
    throw error instanceof FileNotFound ? noSuchFile(place) : error
  }
}
