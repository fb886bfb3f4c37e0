import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { privateFilePrefix, type RunContext, TaskError, type TaskStorage } from '#language/define-plugin'
import { map, text } from '#language/fields'
import type { Json } from '#language/json'

type Folder = { hostDir: string; workingDir: string }
type FileContext = Pick<RunContext, 'signal'> & { storage: Pick<TaskStorage, 'open'> }

const wholeUri = /^(?:kestra|nsfile):\/\/\S+$/
const uriInText = /kestra:\/\/\/[-\p{L}\p{N}._+~#=/]+/gu
const longestName = 255

/** Writes the rendered `inputFiles` (a map, or JSON text of one) into the working directory. */
export async function writeInputFiles(inputFiles: Json, folder: Folder, ctx: FileContext): Promise<void> {
  const parsed = map(z.union([text(), z.null()])).safeParse(inputFiles)
  if (!parsed.success) {
    throw new TaskError(
      `inputFiles must be a map of names to contents or URIs, or JSON text of one; it is ${preview(inputFiles)}`,
    )
  }
  for (const [name, content] of Object.entries(parsed.data)) {
    // A file that an earlier task did not produce renders to nothing and is left out.
    if (content === null) continue
    const path = join(folder.hostDir, checkName(name))
    await mkdir(dirname(path), { recursive: true })
    await writeOne(name, path, content, ctx)
  }
}

async function writeOne(name: string, path: string, content: string, ctx: FileContext): Promise<void> {
  if (content.startsWith('file://')) {
    throw new TaskError(`inputFiles: "${name}" names ${content}; files of the server can't be read from a flow.`)
  }
  if (!wholeUri.test(content.trim())) return await writeFile(path, content)
  await download(content.trim(), path, ctx)
}

async function download(uri: string, path: string, ctx: FileContext): Promise<void> {
  const source = await ctx.storage.open(uri).catch(error => {
    throw new TaskError(`Can't read ${uri}: ${error instanceof Error ? error.message : error}`, { cause: error })
  })
  await pipeline(source, createWriteStream(path), { signal: ctx.signal })
}

/** Downloads every stored file that a text names and puts its local path there instead. */
export async function replaceUris(source: string, folder: Folder, ctx: FileContext): Promise<string> {
  const uris = new Set(source.match(uriInText) ?? [])
  let replaced = source
  for (const uri of [...uris].sort((a, b) => b.length - a.length)) {
    const hash = createHash('sha256').update(uri).digest('hex').slice(0, 10)
    const name = `${privateFilePrefix}files/${hash}/${basename(uri)}`
    await mkdir(dirname(join(folder.hostDir, name)), { recursive: true })
    await download(uri, join(folder.hostDir, name), ctx)
    replaced = replaced.replaceAll(uri, `${folder.workingDir}/${name}`)
  }
  return replaced
}

/** Refuses what would leave the working directory or what no file system takes. */
function checkName(name: string): string {
  const parts = name.split('/')
  if (name === '' || name.startsWith('/') || parts.includes('..') || name.includes('\0')) {
    throw new TaskError(`inputFiles: "${name}" is not a file below the working directory.`)
  }
  if (parts.some(part => Buffer.byteLength(part) > longestName)) {
    throw new TaskError(`inputFiles: the name "${name.slice(0, 60)}..." is longer than ${longestName} bytes.`)
  }
  return name
}

function preview(value: Json): string {
  const shown = JSON.stringify(value)
  return shown.length > 80 ? `${shown.slice(0, 80)}...` : shown
}
