import { type RunContext, TaskError } from '#language/define-plugin'
import { isJsonObject, type Json } from '#language/json'
import { storedName } from './stored-name'

/** Stored files to upload, with the names that they are to have. */
export type Sources = { files: { name: string; uri: string }[]; isOne: boolean }

/** Reads `from`: one URI, a list of them, a map of names to them, or JSON text of either. */
export function readSources(from: Json): Sources {
  const value = parse(from)
  if (Array.isArray(value)) return { files: value.map(storedUri), isOne: false }
  if (!isJsonObject(value)) return { files: [storedUri(value)], isOne: true }
  const files = Object.entries(value).map(([name, uri]) => ({ name: checkName(name), uri: checkUri(uri) }))
  return { files, isOne: false }
}

/** As `readSources`; not more than `maxFiles`, which the log then tells of. */
export function chooseSources(
  ctx: Pick<RunContext, 'log'>,
  { from, maxFiles }: { from: Json; maxFiles: number },
  isWanted: (uri: string) => boolean = () => true,
): Sources['files'] {
  const files = readSources(from).files.filter(({ uri }) => isWanted(uri))
  if (files.length > maxFiles) ctx.log('WARN', `There are ${files.length} files; only ${maxFiles} go (maxFiles)`)
  return files.slice(0, maxFiles)
}

/** A stored file with the name that its URI ends with, encoded there. */
export function storedUri(uri: Json): { name: string; uri: string } {
  const checked = checkUri(uri)
  const last = checked.split('/').at(-1) ?? ''
  try {
    return { name: storedName(decodeURIComponent(last)), uri: checked }
  } catch {
    return { name: storedName(last), uri: checked }
  }
}

function parse(from: Json): Json {
  if (typeof from !== 'string' || !/^\s*[[{]/.test(from)) return from
  try {
    return JSON.parse(from)
  } catch (error) {
    throw new TaskError('from: the text begins as JSON but is none', { cause: error })
  }
}

function checkUri(uri: Json): string {
  if (typeof uri === 'string' && /^(?:kestra|nsfile):\/\//.test(uri.trim())) return uri.trim()
  throw new TaskError(`from: ${JSON.stringify(uri)} is no URI of a stored file (kestra:///...)`)
}

function checkName(name: string): string {
  if (name !== '' && !name.startsWith('/') && !name.split('/').includes('..') && !name.includes('\0')) return name
  throw new TaskError(`from: ${JSON.stringify(name)} is no name of a file`)
}
