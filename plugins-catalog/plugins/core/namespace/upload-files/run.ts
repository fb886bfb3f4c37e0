import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { privateFilePrefix, type Run, type RunContext, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { createMatcher, readPatterns } from '../shared/match'
import { cleanPath, namespaceFileUri } from '../shared/paths'
import type plugin from './plugin'

type Source = { path: string; open(): Promise<Readable | string> }

const run: Run<typeof plugin> = async (ctx, { namespace, files, filesMap, destination, conflict }) => {
  const target = ctx.storage.namespaceFiles(namespace)
  const sources = [...(await fromPatterns(ctx, files ?? null)), ...fromMap(ctx, filesMap ?? {})]
  if (sources.length === 0) ctx.log('WARN', 'There are no files to upload')
  const uploaded: { [path: string]: string } = {}
  for (const source of sources) {
    const path = cleanPath(`${destination}/${source.path}`)
    if (conflict !== 'OVERWRITE' && (await target.exists(path))) {
      if (conflict === 'ERROR') throw new TaskError(`The namespace ${namespace} has a file /${path} already`)
      ctx.log('DEBUG', `Left the file /${path} as it is`)
      continue
    }
    await target.put(path, await source.open())
    uploaded[`/${path}`] = namespaceFileUri(namespace, path)
  }
  return { files: uploaded }
}

export default run

function fromMap(ctx: RunContext, files: Record<string, string>): Source[] {
  return Object.entries(files).map(([path, content]) => ({ path, open: async () => openContent(ctx, content) }))
}

async function fromPatterns(ctx: RunContext, value: Json): Promise<Source[]> {
  const patterns = readPatterns(value)
  const uris = patterns.filter(isUri).map(uri => ({ path: basename(uri), open: async () => openContent(ctx, uri) }))
  const globs = patterns.filter(pattern => !isUri(pattern))
  if (globs.length === 0) return uris
  const folder = await ctx.workingDir()
  const isWanted = createMatcher(globs)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter(entry => entry.isFile() && !entry.name.startsWith(privateFilePrefix))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const found = names.filter(isWanted).map(path => ({ path, open: async () => createReadStream(join(folder, path)) }))
  return [...uris, ...found]
}

async function openContent(ctx: RunContext, content: string): Promise<Readable | string> {
  return isUri(content) ? ctx.storage.open(content) : content
}

function isUri(text: string): boolean {
  return /^(?:kestra|nsfile):\/\//.test(text)
}
