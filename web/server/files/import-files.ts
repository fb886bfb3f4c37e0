import { Readable } from 'node:stream'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { readZip } from '../zip/read-zip'
import { type NamespaceFile, storagePathOf } from './file-place'
import { maxFileBytes, writeFile } from './write-file'

/** Held in memory while it is unpacked. */
const maxArchiveBytes = 100 * 1024 * 1024
const limits = { files: 5000, fileBytes: maxFileBytes, allBytes: 1024 ** 3 }

/**
 * Unpacks a zip into a namespace, below `path` where that is given; files that are there already are replaced. Nothing is
 * stored of an archive that can't be read, or that has a path which may not be.
 */
export async function importFiles(
  scope: Scope,
  { namespace, path: folder }: { namespace: string; path: string | undefined },
  archive: Readable,
): Promise<NamespaceFile[]> {
  const files = readZip(await bytesOf(archive), limits).map(({ path, read }) => ({
    place: { namespace, path: folder === undefined ? path : `${folder}/${path}` },
    read,
  }))
  for (const { place } of files) storagePathOf(place)
  const written: NamespaceFile[] = []
  for (const { place, read } of files) written.push(await writeFile(scope, place, Readable.from([await read()])))
  return written
}

async function bytesOf(archive: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of archive as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxArchiveBytes) throw new AppError('TOO_LARGE', 'An archive has 100 MiB at most')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
