import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import picomatch from 'picomatch'
import { privateFilePrefix, type Run } from '#language/define-plugin'
import { writeInputFiles } from '../../../scripts/shared/input-files'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { inputs, outputs = [] }) => {
  const hostDir = await ctx.workingDir()
  if (inputs !== undefined && inputs !== null) await writeInputFiles(inputs, { hostDir, workingDir: hostDir }, ctx)
  const uris: { [name: string]: string } = {}
  for (const name of await matching(hostDir, outputs)) {
    uris[name] = await ctx.storage.put(name, createReadStream(join(hostDir, name)))
  }
  return { uris }
}

/** Files of a folder by globs; links are no files. */
async function matching(folder: string, globs: string[]): Promise<string[]> {
  if (globs.length === 0) return []
  const isWanted = picomatch(globs)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(name => isWanted(name) && !name.split('/').some(part => part.startsWith(privateFilePrefix)))
    .toSorted()
}

export default run
