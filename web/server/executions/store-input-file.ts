import type { Readable } from 'node:stream'
import { type ExecutionRef, inputFilePath, toStorageUri } from '#db/storage/uri'
import { tenantDb } from '#db/tenant-db'
import { storage, storageRoom } from '../storage'

/**
 * Streams a file that came with a request into its execution's folder; answers its `kestra:///` address. Throws
 * PlanLimitReached where the tenant's files fill its plan.
 */
export async function storeInputFile(
  tenantId: string,
  file: ExecutionRef & { inputId: string; fileName: string; content: Readable },
): Promise<string> {
  const path = inputFilePath({ ...file, fileName: safeFileName(file.fileName) })
  await storageRoom.require(tenantDb(tenantId), tenantId)
  const { size } = await storage().put(tenantId, path, file.content)
  storageRoom.add(tenantId, size)
  return toStorageUri(path)
}

/** The last part of a name that a browser or an attacker sent, with nothing in it that a path could mean. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const safe = Array.from(last, character => (character < ' ' || character === '\x7f' ? '_' : character))
    .join('')
    .slice(-150)
  return safe === '' || safe === '.' || safe === '..' ? 'file' : safe
}
