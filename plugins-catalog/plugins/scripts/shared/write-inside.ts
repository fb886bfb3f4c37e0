import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, realpath, unlink } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TaskError } from '#language/define-plugin'

/**
 * Writes a file of a folder that users' code may have been in, with the folders above it. A link to elsewhere is never
 * written through: where it stands for a folder, a `TaskError` says so; where it stands for the file, the file takes its
 * place.
 */
export async function writeInside(
  folder: string,
  name: string,
  content: string | Readable,
  signal?: AbortSignal,
): Promise<void> {
  const source = typeof content === 'string' ? Readable.from([content]) : content
  const file = await openInside(folder, name).catch(error => {
    source.destroy()
    throw error
  })
  await pipeline(source, file.createWriteStream(), { signal })
}

async function openInside(folder: string, name: string): Promise<FileHandle> {
  const root = await realpath(folder)
  const parts = name.split('/').filter(part => part !== '' && part !== '.')
  const last = parts.pop()
  if (last === undefined || parts.includes('..') || last === '..') {
    throw new TaskError(`"${name}" is not a file below the working directory.`)
  }
  let at = root
  for (const part of parts) at = await enter(root, join(at, part), name)
  const path = join(at, last)
  await removeOdd(path)
  return open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW)
}

/** A folder, made where it isn't there; its own path where it is a link. */
async function enter(root: string, path: string, name: string): Promise<string> {
  await mkdir(path).catch(error => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
  const real = await realpath(path).catch(() => undefined)
  if (real !== undefined && (real === root || real.startsWith(root + sep))) return real
  throw new TaskError(`"${name}" can't be written: a folder of its path is a link out of the working directory.`)
}

/** A link, a pipe, a socket: what is neither a file nor a folder. */
async function removeOdd(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined)
  if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) await unlink(path)
}
