import { randomUUID } from 'node:crypto'
import { type BigIntStats, constants, type Dirent } from 'node:fs'
import { lstat, mkdir, open, opendir, realpath, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { privateFilePrefix, type RunContext, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { FileTree, TreeFile } from '../../shared/file-tree'

/** The files of the worker's machine, below the folders that its operator opens to tasks. */
export function openLocal({ machine, signal }: Pick<RunContext, 'machine' | 'signal'>): FileTree {
  const { folders } = machine
  if (folders.length === 0)
    throw new TaskError(
      "The files of the worker's machine are closed to tasks. Its operator opens folders by MILLRACE_LOCAL_FOLDERS, " +
        'which a hosted installation (MILLRACE_POLICY=hosted) leaves out of account',
    )

  /** The path itself, links followed: below an open folder, or refused. It need not exist. */
  async function real(path: string): Promise<string> {
    const found = await realpath(path).catch(onMissing)
    if (found === null && (await lstat(path).catch(onMissing)) !== null) throw refused(path)
    if (found === null) return path === '/' ? path : join(await real(dirname(path)), basename(path))
    if (!(await isOpen(found))) throw refused(path)
    return found
  }

  async function isOpen(path: string): Promise<boolean> {
    for (const folder of folders) {
      const root = await realpath(folder).catch(onMissing)
      if (root !== null && (path === root || path.startsWith(root === '/' ? root : `${root}/`))) return true
    }
    return false
  }

  /** As `real`, but a link stands for itself. */
  const entry = async (path: string) => join(await real(dirname(path)), basename(path))

  function refused(path: string): TaskError {
    return new TaskError(`${path} is not below a folder that is open to tasks (MILLRACE_LOCAL_FOLDERS)`)
  }

  async function find(path: string): Promise<TreeFile | null> {
    const stats = await stat(await real(path), { bigint: true }).catch(onMissing)
    return stats && fileOf(path, stats)
  }

  async function* list(folder: string, options: { recursive: boolean }): AsyncGenerator<TreeFile> {
    const opened = await opendir(await real(folder)).catch(error => {
      throw explain(error, folder)
    })
    for await (const found of opened) {
      const { name } = found
      const path = join(folder, name)
      const kind = kindOf(found)
      if (name.startsWith(privateFilePrefix) || kind === 'other') continue
      if (kind === 'folder' && options.recursive) yield* list(path, options)
      if (kind === 'folder') continue
      // A link may lead out, or nowhere; a file may be gone by now.
      const file = await find(path).catch(() => null)
      if (file !== null && !file.isFolder) yield file
    }
  }

  const tree: FileTree = {
    resolve: absolute,
    list,
    stat: find,
    async read(path) {
      const handle = await open(await real(path), constants.O_RDONLY | constants.O_NOFOLLOW).catch(error => {
        throw explain(error, path)
      })
      return handle.createReadStream()
    },
    async write(path, content) {
      const target = await real(path)
      await mkdir(dirname(target), { recursive: true })
      await replace(target, content, signal).catch(error => {
        throw explain(error, path)
      })
    },
    async rename(from, to) {
      const [source, target] = [await entry(from), await entry(to)]
      await mkdir(dirname(target), { recursive: true })
      await rename(source, target).catch(async error => {
        if (error.code !== 'EXDEV') throw explain(error, from)
        await tree.write(to, await tree.read(from))
        await unlink(source)
      })
    },
    async remove(path, { recursive }) {
      const place = await entry(path)
      const isFolder = (await lstat(place)).isDirectory()
      const removed = recursive ? rm(place, { recursive: true }) : isFolder ? rmdir(place) : unlink(place)
      await removed.catch(error => {
        throw explain(error, path)
      })
    },
  }
  return tree
}

/** A path as flows write it: `/data/x`, or `file:///data/x`. */
function absolute(path: string): string {
  const plain = path.startsWith('file:') ? fileURLToPath(path) : path
  if (isAbsolute(plain) && !plain.includes('\0')) return resolve(plain)
  throw new TaskError(`${JSON.stringify(path)} is no absolute path; write one such as /data/in`)
}

/** Written beside its place and put there at once, so that nobody finds half of it, and no link is followed. */
async function replace(target: string, content: Readable, signal: AbortSignal): Promise<void> {
  const draft = join(dirname(target), `${privateFilePrefix}${randomUUID()}`)
  try {
    const handle = await open(draft, 'wx')
    await pipeline(content, handle.createWriteStream(), { signal })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

function kindOf(entry: Dirent): 'file' | 'folder' | 'other' {
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() || entry.isSymbolicLink() ? 'file' : 'other'
}

function fileOf(path: string, stats: BigIntStats): TreeFile {
  return {
    id: path,
    version: `${stats.mtimeNs} ${stats.size} ${stats.ino}`,
    modifiedMs: Number(stats.mtimeMs),
    size: Number(stats.size),
    isFolder: stats.isDirectory(),
    details: {
      createdDate: stats.birthtime.toISOString(),
      modifiedDate: stats.mtime.toISOString(),
      accessedDate: stats.atime.toISOString(),
    },
  }
}

/** A file as outputs tell of it; its URI is the stored one, where it was fetched. */
export function describeFile({ id, size, isFolder, details }: TreeFile, uri?: string): JsonObject {
  return {
    uri: uri ?? pathToFileURL(id).href,
    localPath: id,
    name: basename(id),
    parent: dirname(id),
    size,
    ...details,
    directory: isFolder,
  }
}

function onMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

const reasons: Record<string, string> = {
  ENOENT: 'there is none',
  EACCES: 'the worker may not',
  EPERM: 'the worker may not',
  ENOTDIR: 'it is no folder',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'the folder is not empty; set recursive: true to delete what it holds',
  ENOSPC: 'the disk is full',
}

function explain(error: NodeJS.ErrnoException, path: string): Error {
  const reason = reasons[error.code ?? '']
  return reason === undefined ? error : new TaskError(`Can't use ${path}: ${reason}`, { cause: error })
}
