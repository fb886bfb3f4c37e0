import { posix } from 'node:path'
import { Readable } from 'node:stream'
import ssh2, { type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { FileTree, TreeFile } from '../../shared/file-tree'
import { connect, type SftpContext } from './connect'
import type { Connection } from './properties'
import { pieceBytes, readAhead, writeBehind } from './transfer'

// CommonJS, of whose parts Node finds only some by name.
const { STATUS_CODE } = ssh2.utils.sftp

/** Runs something with the files of a server, then ends the session. */
export async function withSftp<T>(
  ctx: SftpContext,
  connection: Connection,
  work: (tree: FileTree) => Promise<T>,
): Promise<T> {
  const session = await connect(ctx, connection)
  try {
    return await work(sftpTree(session.sftp, connection))
  } catch (error) {
    ctx.signal.throwIfAborted()
    throw error
  } finally {
    session.close()
  }
}

function sftpTree(sftp: SFTPWrapper, { rootDir }: Pick<Connection, 'rootDir'>): FileTree {
  /** The server begins relative paths in the user's folder. */
  const remote = (path: string) => (rootDir ? `.${path}` : path)

  const ask = <T>(what: string, path: string, send: (done: (error: unknown, result: T) => void) => void) =>
    new Promise<T>((resolve, reject) => {
      send((error, result) => (error ? reject(explain(error, what, path)) : resolve(result)))
    })
  const quietly = <T>(asked: Promise<T>): Promise<T | null> =>
    asked.catch(error => {
      if (isMissing(error)) return null
      throw error
    })
  const stat = async (path: string, { follow = true } = {}) => {
    const stats = await quietly(
      ask<Stats>('look at', path, done => (follow ? sftp.stat(remote(path), done) : sftp.lstat(remote(path), done))),
    )
    return stats && fileOf(path, stats)
  }

  async function makeFolder(folder: string): Promise<void> {
    if (folder === '/' || (await stat(folder)) !== null) return
    await makeFolder(posix.dirname(folder))
    const made = ask<void>('make the folder', folder, done =>
      sftp.mkdir(remote(folder), error => done(error, undefined)),
    )
    await made.catch(async error => {
      // Another may have been faster.
      if ((await stat(folder)) === null) throw error
    })
  }

  /** Entries as the server sends them, so that a folder of any size fits. */
  async function* entries(folder: string): AsyncGenerator<FileEntryWithStats> {
    const handle = await ask<Buffer>('open the folder', folder, done => sftp.opendir(remote(folder), done))
    try {
      for (;;) {
        const batch = await ask<FileEntryWithStats[]>('list', folder, done => sftp.readdir(handle, done)).catch(atEnd)
        if (batch === null) return
        yield* batch
      }
    } finally {
      sftp.close(handle, () => {})
    }
  }

  /** A server may give less than was asked for before the end, too. */
  async function readPiece(handle: Buffer, path: string, position: number): Promise<Buffer> {
    const piece = Buffer.allocUnsafe(pieceBytes)
    let filled = 0
    while (filled < piece.length) {
      const count = await ask<number>('read', path, done =>
        sftp.read(handle, piece, filled, piece.length - filled, position + filled, done),
      ).catch(atEnd)
      if (!count) break
      filled += count
    }
    return piece.subarray(0, filled)
  }

  async function* withHandle(handle: Buffer, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* content
    } finally {
      sftp.close(handle, () => {})
    }
  }

  async function* list(folder: string, options: { recursive: boolean }): AsyncGenerator<TreeFile> {
    for await (const { filename, attrs } of entries(folder)) {
      if (filename === '.' || filename === '..') continue
      const path = posix.join(folder, filename)
      if (attrs.isDirectory()) {
        if (options.recursive) yield* list(path, options)
      } else if (attrs.isFile()) yield fileOf(path, attrs)
      else if (attrs.isSymbolicLink()) {
        const target = await stat(path)
        if (target !== null && !target.isFolder) yield { ...target, details: { ...target.details, symbolicLink: true } }
      }
    }
  }

  async function remove(path: string, options: { recursive: boolean }): Promise<void> {
    const file = await stat(path, { follow: false })
    if (!file?.isFolder)
      return ask<void>('delete', path, done => sftp.unlink(remote(path), error => done(error, undefined)))
    if (options.recursive) {
      const names: string[] = []
      for await (const { filename } of entries(path)) if (!/^\.\.?$/.test(filename)) names.push(filename)
      for (const name of names) await remove(posix.join(path, name), options)
    }
    await ask<void>('delete the folder', path, done => sftp.rmdir(remote(path), error => done(error, undefined)))
  }

  return {
    resolve: path => posix.resolve('/', path),
    list,
    stat,
    async read(path) {
      const handle = await ask<Buffer>('open', path, done => sftp.open(remote(path), 'r', done))
      const content = readAhead(position => readPiece(handle, path, position))
      return Readable.from(withHandle(handle, content), { objectMode: false })
    },
    async write(path, content) {
      await makeFolder(posix.dirname(path))
      const handle = await ask<Buffer>('write', path, done => sftp.open(remote(path), 'w', done))
      try {
        await writeBehind(content, (piece, position) =>
          ask<void>('write', path, done =>
            sftp.write(handle, piece, 0, piece.length, position, error => done(error, undefined)),
          ),
        )
      } catch (error) {
        sftp.close(handle, () => {})
        content.destroy()
        throw error
      }
      // Only now the server says whether all is kept.
      await ask<void>('write', path, done => sftp.close(handle, error => done(error, undefined)))
    },
    async rename(from, to) {
      await makeFolder(posix.dirname(to))
      // At once, in place of another; a server that doesn't know that makes it throw.
      const replaced = ask<void>('move', from, done =>
        sftp.ext_openssh_rename(remote(from), remote(to), error => done(error, undefined)),
      )
      await replaced.catch(async error => {
        if (error instanceof TaskError) throw error
        if ((await stat(to)) !== null) await remove(to, { recursive: false })
        await ask<void>('move', from, done => sftp.rename(remote(from), remote(to), error => done(error, undefined)))
      })
    },
    remove,
  }
}

function fileOf(path: string, stats: Stats): TreeFile {
  const { mtime, atime, size, uid, gid, mode } = stats
  return {
    id: path,
    version: `${mtime} ${size}`,
    modifiedMs: mtime * 1000,
    size,
    isFolder: stats.isDirectory(),
    details: {
      symbolicLink: false,
      userId: uid,
      groupId: gid,
      permissions: mode,
      accessDate: new Date(atime * 1000).toISOString(),
      updatedDate: new Date(mtime * 1000).toISOString(),
    },
  }
}

/** A file as outputs tell of it; its path is the stored one, where it was fetched. */
export function describeFile({ id, size, details }: TreeFile, uri?: string): JsonObject {
  return { path: uri ?? id, name: posix.basename(id), fileType: 'FILE', size, ...details }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code
}

function isMissing(error: unknown): boolean {
  return codeOf((error as Error).cause) === STATUS_CODE.NO_SUCH_FILE
}

function atEnd(error: unknown): null {
  if (codeOf((error as Error).cause) === STATUS_CODE.EOF) return null
  throw error
}

function explain(error: unknown, what: string, path: string): TaskError {
  const reasons: Record<number, string> = {
    [STATUS_CODE.NO_SUCH_FILE]: 'there is none',
    [STATUS_CODE.PERMISSION_DENIED]: 'the user may not',
  }
  const reason = reasons[codeOf(error) as number] ?? (error instanceof Error ? error.message : String(error))
  return new TaskError(`Can't ${what} ${path} on the SFTP server: ${reason}`, { cause: error })
}
