/** Folders as tar archives: how files reach containers of another machine, and come back. */
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Headers, type Pack, pack } from 'tar-stream'
import { isText, unreadableName } from './file-names'
import { globMatcher } from './globs'
import { outputFolder, type RunnerEvents, type RunnerRequest, RunnerRequestError } from './runner'

/**
 * Packs regular files and folders of `folder` under `name` (`.` for none), open to all: whoever the container runs as.
 * `texts` are files beside it, by their names; `last` names an empty file that comes after all.
 */
export function packFolder(folder: string, name: string, texts: Record<string, string> = {}, last?: string): Pack {
  const archive = pack()
  for (const [path, text] of Object.entries(texts)) archive.entry({ name: path, mode: 0o644 }, text)
  addFolder(archive, folder, name).then(
    () => {
      if (last !== undefined) archive.entry({ name: last, mode: 0o644 }, '')
      archive.finalize()
    },
    error => archive.destroy(error),
  )
  return archive
}

async function addFolder(archive: Pack, folder: string, name: string): Promise<void> {
  // The folder that is unpacked into is another's: its mode can't be changed.
  if (name !== '.') archive.entry({ name, type: 'directory', mode: 0o777 })
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!isText(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(archive, path, `${name}/${entry.name}`)
    else if (entry.isFile()) await addFile(archive, path, `${name}/${entry.name}`)
  }
}

/** Each is a frame, with all that a frame costs. */
const chunkBytes = 256 * 1024

async function addFile(archive: Pack, path: string, name: string): Promise<void> {
  const { size } = await lstat(path)
  const entry = archive.entry({ name, size, mode: 0o777 })
  // An archive entry has the size it announced, even if the file grows.
  await pipeline(
    createReadStream(path, { end: Math.max(size - 1, 0), highWaterMark: chunkBytes }),
    entry as unknown as NodeJS.WritableStream,
  )
}

/** Whether a file of the working directory, by its relative name, is to be brought back. */
export function createIsWanted({ outputFiles }: RunnerRequest): (name: string) => boolean {
  const matchers = outputFiles.map(globMatcher)
  return name => name.startsWith(`${outputFolder}/`) || matchers.some(matches => matches(name))
}

/**
 * Keeps the wanted regular files of an archive whose first folder is the working directory itself, and tells how many
 * wanted entries it had. Throws where they are larger than allowed, whatever room they took where they were made: a file
 * may be one large hole.
 */
export async function keepWanted(archive: Readable, request: RunnerRequest, events: RunnerEvents): Promise<number> {
  const isWanted = createIsWanted(request)
  const entries = archive.pipe(extract())
  archive.on('error', error => entries.destroy(error))
  let bytes = 0
  let found = 0
  try {
    for await (const entry of entries) {
      const name = relativeName(entry.header.name)
      if (name !== null && isWanted(name)) {
        found++
        await keep(entry.header, name, entry as unknown as Readable)
      }
      entry.resume()
    }
  } finally {
    archive.destroy()
  }
  return found

  async function keep(header: Headers, name: string, content: Readable): Promise<void> {
    if (!isText(name)) events.notice('WARN', unreadableName(name))
    else if (header.type === 'file') {
      bytes += header.size ?? 0
      checkOutputBytes(bytes, request.limits.outputBytes)
      await writeEntry(join(request.hostDir, name), content)
    } else if (header.type !== 'directory') {
      events.notice('DEBUG', `"${name}" is a ${header.type}: only regular files are kept as output files.`)
    }
  }
}

/** Makes a file, and the folders above it, of what an archive has; throws where the archive breaks off. */
export async function writeEntry(
  path: string,
  content: Readable,
  options?: { mode?: number; flags?: string },
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // Of an archive that broke off meanwhile no end would come.
  if (content.destroyed) throw new Error('Unexpected end of data')
  await pipeline(content, createWriteStream(path, options))
}

/** Throws where a task's output files are larger together than they may be. */
export function checkOutputBytes(bytes: number, limit = Number.POSITIVE_INFINITY): void {
  if (bytes <= limit) return
  throw new RunnerRequestError(
    `The output files have more than ${limit} bytes together, which are the most: keep fewer or smaller files.`,
  )
}

/** What runs the container is trusted no more than an upload. */
function relativeName(name: string): string | null {
  const parts = name.split('/').slice(1)
  if (parts.length === 0 || parts.join('') === '' || parts.includes('..') || parts.includes('')) return null
  return parts.join('/')
}
