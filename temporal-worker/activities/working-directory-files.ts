import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import picomatch from 'picomatch'
import { writeInside } from '#catalog/plugins/scripts/shared/write-inside'
import { type RunContext, TaskError } from '#language/define-plugin'
import { isJsonObject, type Json, type JsonObject } from '#language/json'

/** Puts `inputFiles` and `namespaceFiles` into a folder. */
export async function writeFiles(folder: string, context: RunContext, properties: JsonObject): Promise<void> {
  await writeNamespaceFiles(folder, context, properties.namespaceFiles)
  const files = parseMap(properties.inputFiles)
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    const source = /^(kestra|nsfile):\/\//.test(text) ? await context.storage.open(text) : Readable.from([text])
    await writeFile(folder, name, source)
  }
}

async function writeNamespaceFiles(folder: string, context: RunContext, wanted: Json | undefined): Promise<void> {
  if (!isJsonObject(wanted) || wanted.enabled === false || wanted.enabled === 'false') return
  const namespaces = Array.isArray(wanted.namespaces) ? wanted.namespaces.map(String) : [context.namespace]
  const isIncluded = matcher(wanted.include, true)
  const isExcluded = matcher(wanted.exclude, false)
  for (const namespace of namespaces) {
    const files = context.storage.namespaceFiles(namespace)
    for (const path of await files.list()) {
      if (isIncluded(path) && !isExcluded(path)) await writeFile(folder, path, await files.open(path))
    }
  }
}

function matcher(globs: Json | undefined, fallback: boolean): (path: string) => boolean {
  if (!Array.isArray(globs) || globs.length === 0) return () => fallback
  return picomatch(globs.map(String), { dot: true, noextglob: true, nonegate: true })
}

async function writeFile(folder: string, name: string, source: Readable): Promise<void> {
  const path = resolve(folder, name)
  if (!path.startsWith(folder + sep)) throw new TaskError(`The file ${name} would lie outside of the working directory`)
  try {
    await writeInside(folder, relative(folder, path), source)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!refusedNames.has(code)) throw error
    throw new TaskError(`There can't be a file ${name} in the working directory (${code})`, { cause: error })
  }
}

/** What a file system says of names that are too long, or stand for a folder and a file at once. */
const refusedNames: ReadonlySet<string> = new Set([
  'ENAMETOOLONG',
  'EISDIR',
  'ENOTDIR',
  'EEXIST',
  'ERR_INVALID_ARG_VALUE',
])

/** Stores the files that match the globs; answers their URIs by relative name. */
export async function collectFiles(folder: string, context: RunContext, globs: string[]): Promise<JsonObject> {
  if (globs.length === 0) return {}
  const isWanted = picomatch(globs, { dot: true, noextglob: true, nonegate: true })
  const uris: JsonObject = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path)
    if (entry.isFile() && isWanted(name)) uris[name] = await context.storage.put(name, createReadStream(path))
  }
  return uris
}

function parseMap(value: Json | undefined): JsonObject {
  if (isJsonObject(value)) return value
  if (typeof value !== 'string' || value.trim() === '') return {}
  const parsed = parseJson(value)
  if (!isJsonObject(parsed)) throw new TaskError('inputFiles is no map of names to contents')
  return parsed
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
