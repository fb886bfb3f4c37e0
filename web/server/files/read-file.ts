import { isUtf8 } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { storage } from '../storage'
import { type FilePlace, onMissing, requireFilesInReach, storagePathOf } from './file-place'

/** What is edited in a browser, and what a JSON body holds with room to spare. */
export const maxTextBytes = 1024 * 1024

/** The text of a small file; refuses what is none, which can be downloaded. */
export async function readFile(scope: Scope, place: FilePlace): Promise<{ path: string; content: string }> {
  requireFilesInReach(scope, place.namespace)
  const path = storagePathOf(place)
  const { size } = await storage().stat(scope.tenantId, path).catch(onMissing(place))
  if (size > maxTextBytes) throw new AppError('TOO_LARGE', `${place.path} is larger than 1 MiB; download it instead`)
  const bytes = await buffer(await storage().open(scope.tenantId, path).catch(onMissing(place)))
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `${place.path} is no text; download it instead`)
  }
  return { path: place.path, content: bytes.toString('utf8') }
}
