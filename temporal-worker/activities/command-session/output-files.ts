import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type LogLevel, privateFilePrefix, TaskError } from '#language/define-plugin'
import { checkOutputBytes } from '../../runners/archive'
import { isText, unreadableName } from '../../runners/file-names'
import { globMatcher } from '../../runners/globs'

type Found = { path: string; name: string }

export type CollectRequest = {
  hostDir: string
  /** The folder of this machine whose every file is kept. */
  outputDir: string
  globs: string[]
  /** Of all files together; more is an error. */
  maxBytes?: number
  put(fileName: string, content: NodeJS.ReadableStream): Promise<string>
  log(level: LogLevel, message: string): void
}

const maxFiles = 10_000
const storedAtOnce = 8

/** Stores what a command left behind: each file that matches a glob, and all of the output directory. */
export async function collectOutputFiles(request: CollectRequest): Promise<Record<string, string>> {
  const matched = request.globs.length === 0 ? [] : await matchGlobs(request)
  const found = [...matched, ...(await listFiles(request.outputDir, request.log))]
  if (found.length > maxFiles) {
    throw new TaskError(
      `This task left ${found.length} output files; ${maxFiles} are the most. Pack them into an archive.`,
    )
  }
  await checkBytes(found, request.maxBytes)
  const uris: Record<string, string> = {}
  for (let start = 0; start < found.length; start += storedAtOnce) {
    const batch = found.slice(start, start + storedAtOnce)
    const stored = await Promise.all(batch.map(file => store(file, request.put)))
    for (const [index, file] of batch.entries()) uris[file.name] = stored[index] as string
  }
  return uris
}

async function checkBytes(found: Found[], maxBytes: number | undefined): Promise<void> {
  let bytes = 0
  for (const { path } of found) bytes += (await lstat(path)).size
  checkOutputBytes(bytes, maxBytes)
}

/** Globs as the runner and the collector read them: relative to the working directory. Throws where one leaves it. */
export function relativeGlobs(globs: string[], workingDir: string): string[] {
  return globs.map(glob => {
    const relative = glob.startsWith(`${workingDir}/`)
      ? glob.slice(workingDir.length + 1)
      : glob.replace(/^(\.\/)+/, '')
    if (relative.startsWith('/') || relative.split('/').includes('..')) {
      throw new TaskError(`outputFiles: "${glob}" leaves the working directory; name files below it.`)
    }
    return relative
  })
}

async function matchGlobs({ hostDir, outputDir, globs, log }: CollectRequest): Promise<Found[]> {
  const files = await listFiles(
    hostDir,
    log,
    path => path === outputDir || basename(path).startsWith(privateFilePrefix),
  )
  const kept = new Map<string, Found>()
  for (const glob of globs) {
    const matches = globMatcher(glob)
    const hits = files.filter(file => matches(file.name))
    if (hits.length === 0) log('WARN', `outputFiles: no file matches "${glob}".`)
    for (const hit of hits) kept.set(hit.name, hit)
  }
  return [...kept.values()]
}

/** Regular files only: a link could lead anywhere, a pipe would never end. `root` may have been made one, too. */
async function listFiles(
  root: string,
  log: CollectRequest['log'],
  isPrivate: (path: string) => boolean = () => false,
): Promise<Found[]> {
  const found: Found[] = []
  async function walk(folder: string, prefix: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const name = prefix + entry.name
      if (isPrivate(path)) continue
      if (!isText(name)) log('WARN', unreadableName(name))
      else if (entry.isDirectory()) await walk(path, `${name}/`)
      else if (entry.isFile()) found.push({ path, name })
      else if (entry.isSymbolicLink()) log('DEBUG', `"${name}" is a symbolic link: links are not kept as output files.`)
    }
  }
  const stats = await lstat(root).catch(() => undefined)
  if (stats?.isDirectory()) await walk(root, '')
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function store(file: Found, put: CollectRequest['put']): Promise<string> {
  return await put(storedName(file.name), (await openRegular(file.path)).createReadStream())
}

/** A regular file that a command left, by no link; undefined where it left none. */
export async function openOutput(hostDir: string, name: string): Promise<Readable | undefined> {
  const path = join(await realpath(hostDir), name)
  const found = await realpath(path).catch(() => undefined)
  if (found !== path || !(await lstat(path)).isFile()) return undefined
  return (await openRegular(path)).createReadStream()
}

/** Users' code may still be at work: what was a file is no link, and no pipe, when it is opened. */
function openRegular(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
}

const plainName = /^[A-Za-z0-9_-][A-Za-z0-9._+=-]{0,149}$/

/** A name that every storage takes; a file in a folder or with an odd name gets a hash, so that no two are the same. */
export function storedName(name: string): string {
  if (plainName.test(name)) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 10)
  const safe = basename(name)
    .replace(/[^A-Za-z0-9._+=-]+/g, '_')
    .slice(-80)
  return `${hash}-${safe}`
}
