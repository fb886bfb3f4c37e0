import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { privateFilePrefix, type RunContext, TaskError, type TaskStorage } from '#language/define-plugin'
import { map, text } from '#language/fields'
import type { Json } from '#language/json'
import { writeInside } from './write-inside'

type Folder = { hostDir: string; workingDir: string }
type FileContext = Pick<RunContext, 'signal' | 'machine'> & { storage: Pick<TaskStorage, 'open'> }

const wholeUri = /^(?:kestra|nsfile):\/\/\S+$/
/** As Kestra reads them, and with what a file's name may hold encoded. */
const uriInText = /kestra:\/\/\/[-\p{L}\p{N}._+~#=/%@]+/gu
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
    await writeOne(checkName(name), folder.hostDir, content, ctx)
  }
}

async function writeOne(name: string, hostDir: string, content: string, ctx: FileContext): Promise<void> {
  if (content.startsWith('file://')) return await copyLocal(name, hostDir, content.trim(), ctx)
  if (!wholeUri.test(content.trim())) return await writeInside(hostDir, name, content)
  await download(content.trim(), { hostDir, name }, ctx)
}

/** A file of the worker's machine, below a folder that its operator opens; links are followed before that is asked. */
async function copyLocal(name: string, hostDir: string, uri: string, { machine, signal }: FileContext): Promise<void> {
  const folders = await Promise.all(machine.folders.map(folder => realpath(folder).catch(() => null)))
  const source = URL.canParse(uri) ? await realpath(new URL(uri)).catch(() => null) : null
  const isOpen = source !== null && folders.some(folder => folder !== null && source.startsWith(join(folder, '/')))
  if (!isOpen) {
    throw new TaskError(
      `inputFiles: "${name}" names ${uri}, which is no file below a folder that is open to tasks (MILLRACE_LOCAL_FOLDERS).`,
    )
  }
  await writeInside(hostDir, name, createReadStream(source), signal)
}

async function download(
  uri: string,
  { hostDir, name }: { hostDir: string; name: string },
  ctx: FileContext,
): Promise<void> {
  const source = await ctx.storage.open(uri).catch(error => {
    throw new TaskError(`Can't read ${uri}: ${error instanceof Error ? error.message : error}`, { cause: error })
  })
  await writeInside(hostDir, name, source, ctx.signal)
}

/** Downloads every stored file that a text names and puts its local path there instead. */
export async function replaceUris(source: string, folder: Folder, ctx: FileContext): Promise<string> {
  const uris = new Set(source.match(uriInText) ?? [])
  let replaced = source
  for (const uri of [...uris].sort((a, b) => b.length - a.length)) {
    const hash = createHash('sha256').update(uri).digest('hex').slice(0, 10)
    const name = `${privateFilePrefix}files/${hash}/${localName(uri)}`
    await download(uri, { hostDir: folder.hostDir, name }, ctx)
    replaced = replaced.replaceAll(uri, `${folder.workingDir}/${name}`)
  }
  return replaced
}

/** The encoded name of a file, as one that a file system and every shell take. */
function localName(uri: string): string {
  return basename(uri).replaceAll('%', '_').slice(-longestName)
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
