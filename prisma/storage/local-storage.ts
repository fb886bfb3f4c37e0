import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, opendir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { normalizeFolder, normalizePath, tenantFolder } from './paths'
import { toSource } from './source'
import { type ByteRange, FileNotFound, type Storage, StoragePathRefused, type StoredFile } from './storage'

/** Half-written files wait here, on the same file system, so that a rename makes them visible at once. */
const incomingFolder = '.incoming'
/** A worker that died leaves its half-written file behind; no download takes this long. */
const staleAfterMs = 48 * 3600 * 1000
/** Few large writes: with Node's 16 KiB, a download is bound by system calls. */
const writeBufferBytes = 1024 * 1024

/** Storage in a folder of this machine (or a shared mount). */
export function createLocalStorage(root: string): Storage {
  let prepared: Promise<string> | undefined
  const incoming = () => {
    prepared ??= prepareIncoming(root)
    return prepared
  }

  async function locate(tenantId: string, path: string): Promise<string> {
    const base = join(root, tenantFolder(tenantId))
    const file = join(base, path)
    await refuseSymlinks(base, file, path)
    return file
  }

  return {
    async put(tenantId, path, content) {
      const source = toSource(content)
      const file = await locate(tenantId, normalizePath(path))
      const temporary = join(await incoming(), randomUUID())
      try {
        // Opened before anything can fail: else it could come into being after it was removed.
        const sink = (await open(temporary, 'wx')).createWriteStream({ highWaterMark: writeBufferBytes })
        await pipeline(source, sink)
        await moveInto(temporary, file)
        return { size: sink.bytesWritten }
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async open(tenantId, path, range) {
      const normal = normalizePath(path)
      return openFile(await locate(tenantId, normal), normal, range)
    },
    async stat(tenantId, path) {
      const normal = normalizePath(path)
      const stats = await stat(await locate(tenantId, normal)).catch(onMissing(null))
      if (!stats?.isFile()) throw new FileNotFound(normal)
      return { path: normal, size: stats.size, modifiedAt: stats.mtime }
    },
    async exists(tenantId, path) {
      const stats = await stat(await locate(tenantId, normalizePath(path))).catch(onMissing(null))
      return stats?.isFile() ?? false
    },
    async delete(tenantId, path) {
      const file = await locate(tenantId, normalizePath(path))
      const stats = await lstat(file).catch(onMissing(null))
      if (!stats?.isFile()) return false
      await rm(file, { force: true })
      await removeEmptyFolders(dirname(file), join(root, tenantFolder(tenantId)))
      return true
    },
    async deletePrefix(tenantId, folder) {
      const place = await locate(tenantId, normalizeFolder(folder))
      let count = 0
      for await (const _file of walk(place)) count++
      await rm(place, { recursive: true, force: true })
      return count
    },
    async *list(tenantId, folder) {
      const base = join(root, tenantFolder(tenantId))
      for await (const file of walk(await locate(tenantId, normalizeFolder(folder)))) {
        const stats = await lstat(file).catch(onMissing(null))
        if (stats) yield toStoredFile(base, file, stats)
      }
    },
  }
}

async function prepareIncoming(root: string): Promise<string> {
  const folder = join(root, incomingFolder)
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder)) {
    const stats = await stat(join(folder, name)).catch(onMissing(null))
    if (stats && Date.now() - stats.mtimeMs > staleAfterMs) await rm(join(folder, name), { force: true })
  }
  return folder
}

/** A delete may remove the folder between our `mkdir` and our `rename`: then once more. */
async function moveInto(temporary: string, file: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await mkdir(dirname(file), { recursive: true })
    try {
      return await rename(temporary, file)
    } catch (error) {
      if (!isMissing(error) || attempt === 5) throw error
    }
  }
}

async function openFile(file: string, path: string, range?: ByteRange): Promise<Readable> {
  const handle = await open(file, 'r').catch(onMissing(null))
  if (!handle) throw new FileNotFound(path)
  const stats = await handle.stat()
  if (!stats.isFile()) {
    await handle.close()
    throw new FileNotFound(path)
  }
  const start = range?.start ?? 0
  const end = Math.min(range?.end ?? stats.size, stats.size)
  if (start >= end) {
    await handle.close()
    return Readable.from([])
  }
  // Buffers of 256 KiB: a fourth of the system calls, still little memory.
  return handle.createReadStream({ start, end: end - 1, highWaterMark: 256 * 1024 })
}

/** Nothing of ours makes symbolic links in the storage: one that leaves the tenant's folder was planted. */
async function refuseSymlinks(base: string, file: string, path: string): Promise<void> {
  const realBase = await realpath(base).catch(onMissing(null))
  if (!realBase) return
  for (const place of foldersUpTo(base, file)) {
    const real = await realpath(place).catch(onMissing(null))
    if (real !== null) {
      if (real.startsWith(realBase + sep)) return
      throw new StoragePathRefused(path, 'a symbolic link leads out of the folder')
    }
    // Somebody may have made a folder there just now: then the one above it is looked at.
    const made = await lstat(place).catch(onMissing(null))
    if (made?.isSymbolicLink()) throw new StoragePathRefused(path, 'it is a symbolic link to nowhere')
  }
}

/**
 * A file or folder and the folders above it, innermost first, without `base`. A `for` that steps by `dirname` would
 * be shorter, but Next's bundler loses the import in it.
 */
function foldersUpTo(base: string, file: string): string[] {
  const places: string[] = []
  let place = file
  while (place !== base && place.startsWith(base)) {
    places.push(place)
    place = dirname(place)
  }
  return places
}

async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(onMissing(null))
  if (!entries) return
  for await (const entry of entries) {
    const place = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(place)
    else if (entry.isFile()) yield place
  }
}

async function removeEmptyFolders(folder: string, base: string): Promise<void> {
  for (const place of foldersUpTo(base, folder)) {
    try {
      await rmdir(place)
    } catch {
      return
    }
  }
}

function toStoredFile(base: string, file: string, stats: { size: number; mtime: Date }): StoredFile {
  return { path: relative(base, file).split(sep).join('/'), size: stats.size, modifiedAt: stats.mtime }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function onMissing<T>(value: T): (error: unknown) => T {
  return error => {
    if (isMissing(error)) return value
    throw error
  }
}
