/** Files of a WorkingDirectory (`cache`) that are kept from one execution to the next, as one archive. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import picomatch from 'picomatch'
import { extract, type Headers, type Pack, pack } from 'tar-stream'
import type { ExecutionRef } from '#db/record-execution'
import type { Storage } from '#db/storage'
import { taskCacheFolder } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import { parseDuration } from '#language/durations'
import { isJsonObject, type JsonObject } from '#language/json'
import { writeEntry } from '../runners/archive'

export type FolderCache = {
  /** Puts what was kept into the folder; whether there was something. */
  restore(): Promise<boolean>
  /** Keeps the files as they are now, if they differ from those restored; whether they did. */
  save(): Promise<boolean>
}

type Options = {
  storage: Storage
  execution: ExecutionRef
  taskId: string
  /** Of the task run, where a loop gives it one. */
  value: string | null
  folder: string
}

/** Undefined where the rendered properties ask for none. */
export function openFolderCache(options: Options, properties: JsonObject): FolderCache | undefined {
  const { cache } = properties
  if (!isJsonObject(cache)) return undefined
  const isWanted = matcherOf(cache)
  const ttlMs = ttlOf(cache)
  const { storage, folder } = options
  const { tenantId } = options.execution
  const path = archivePath(options)
  let restored = fingerprint([])
  return {
    async restore() {
      if (!(await storage.exists(tenantId, path))) return false
      const { modifiedAt } = await storage.stat(tenantId, path)
      if (modifiedAt.getTime() + ttlMs <= Date.now()) {
        await storage.delete(tenantId, path)
        return false
      }
      await unpack(await storage.open(tenantId, path), folder)
      restored = fingerprint(await listFiles(folder, isWanted))
      return true
    },
    async save() {
      const files = await listFiles(folder, isWanted)
      if (fingerprint(files) === restored) return false
      await storage.put(tenantId, path, packFiles(files))
      return true
    },
  }
}

function matcherOf({ patterns }: JsonObject): (name: string) => boolean {
  if (!Array.isArray(patterns)) throw new TaskError('cache.patterns is no list of globs')
  return picomatch(patterns.map(String), { dot: true, noextglob: true, nonegate: true })
}

function ttlOf({ ttl = null }: JsonObject): number {
  if (ttl === null) return Number.POSITIVE_INFINITY
  const ms = parseDuration(ttl)
  if (ms === null) throw new TaskError(`cache.ttl: ${JSON.stringify(ttl)} is not a duration such as PT1H`)
  return ms
}

/** The folder's name is made of slugs, which two flows may share: the digest tells them apart. */
function archivePath({ execution, taskId, value }: Options): string {
  const { namespace, flowId } = execution
  const digest = createHash('sha256')
    .update(JSON.stringify([namespace, flowId, taskId, value]))
    .digest('hex')
  return `${taskCacheFolder({ namespace, flowId, taskId })}/${digest}/files.tar.gz`
}

type FoundFile = { path: string; name: string; size: number; mode: number; modifiedAt: Date; linkTo?: string }

/** Regular files, and links to what lies in the folder too; in the order of their names. */
async function listFiles(folder: string, isWanted: (name: string) => boolean): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path)
    if (!isWanted(name) || !(entry.isFile() || entry.isSymbolicLink())) continue
    const { size, mode, mtime } = await lstat(path)
    const file = { path, name, size, mode: mode & 0o777, modifiedAt: mtime }
    if (entry.isFile()) found.push(file)
    else {
      const linkTo = await readlink(path)
      if (isInside(folder, path, linkTo)) found.push({ ...file, size: 0, linkTo })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function isInside(folder: string, path: string, linkTo: string): boolean {
  return !linkTo.startsWith('/') && resolve(dirname(path), linkTo).startsWith(folder + sep)
}

/** An archive knows whole seconds only. */
function fingerprint(files: readonly FoundFile[]): string {
  const facts = files.map(({ name, size, mode, modifiedAt, linkTo }) =>
    linkTo === undefined ? [name, size, mode, seconds(modifiedAt)] : [name, linkTo],
  )
  return JSON.stringify(facts)
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

function packFiles(files: readonly FoundFile[]): Readable {
  const archive = pack()
  const zipped = createGzip()
  // What goes wrong reaches whoever reads the archive.
  pipeline(archive as unknown as Readable, zipped).catch(error => zipped.destroy(error))
  addFiles(archive, files).then(
    () => archive.finalize(),
    error => archive.destroy(error),
  )
  return zipped
}

async function addFiles(archive: Pack, files: readonly FoundFile[]): Promise<void> {
  for (const { path, name, size, mode, modifiedAt, linkTo } of files) {
    const header = { name, mode, mtime: new Date(seconds(modifiedAt) * 1000) }
    if (linkTo !== undefined) {
      archive.entry({ ...header, type: 'symlink', linkname: linkTo })
      continue
    }
    const entry = archive.entry({ ...header, size }) as unknown as NodeJS.WritableStream
    // An archive entry has the size it announced, even if the file grows.
    await pipeline(size === 0 ? Readable.from([]) : createReadStream(path, { end: size - 1 }), entry)
  }
}

async function unpack(archive: Readable, folder: string): Promise<void> {
  const entries = extract()
  const unzipped = pipeline(archive, createGunzip(), entries as unknown as NodeJS.WritableStream)
  // Told to whoever reads the entries, too.
  unzipped.catch(error => entries.destroy(error))
  for await (const entry of entries) {
    await unpackEntry(folder, entry.header, entry as unknown as Readable)
    entry.resume()
  }
  await unzipped
}

async function unpackEntry(folder: string, header: Headers, content: Readable): Promise<void> {
  const path = resolve(folder, header.name)
  if (!path.startsWith(folder + sep)) return
  if (header.type === 'symlink') {
    if (!isInside(folder, path, header.linkname ?? '/')) return
    await mkdir(dirname(path), { recursive: true })
    return symlink(header.linkname!, path)
  }
  if (header.type !== 'file') return
  await writeEntry(path, content, { mode: header.mode, flags: 'wx' })
  if (header.mtime !== undefined) await utimes(path, header.mtime, header.mtime)
}
