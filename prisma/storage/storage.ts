import type { Readable } from 'node:stream'

/** Bytes of a file, `end` exclusive. */
export type ByteRange = { start: number; end?: number }

export type StoredFile = { path: string; size: number; modifiedAt: Date }

/**
 * Files by tenant and path. A path is relative (`company/team/flow/executions/...`), with `/` between its parts;
 * the tenant is never part of it: it prefixes the real place, so that no path can name another tenant's file.
 */
export type Storage = {
  /** Stores a file whole or not at all; an older one of that path is replaced. Streams: never holds the file in memory. */
  put(tenantId: string, path: string, content: Readable | Buffer | string): Promise<{ size: number }>
  /** Rejects with `FileNotFound` before anything is read. */
  open(tenantId: string, path: string, range?: ByteRange): Promise<Readable>
  stat(tenantId: string, path: string): Promise<StoredFile>
  exists(tenantId: string, path: string): Promise<boolean>
  /** Whether there was something to delete. */
  delete(tenantId: string, path: string): Promise<boolean>
  /** Deletes a folder with all below it; answers how many files it held. `''` is all of the tenant. */
  deletePrefix(tenantId: string, folder: string): Promise<number>
  /** All files below a folder, in no promised order. */
  list(tenantId: string, folder: string): AsyncIterable<StoredFile>
}

export class FileNotFound extends Error {
  readonly path: string
  constructor(path: string) {
    super(`There is no file ${path} in the internal storage`)
    this.name = 'FileNotFound'
    this.path = path
  }
}

export class StoragePathRefused extends Error {
  constructor(path: string, why: string) {
    super(`The storage path ${JSON.stringify(path)} is refused: ${why}`)
    this.name = 'StoragePathRefused'
  }
}
