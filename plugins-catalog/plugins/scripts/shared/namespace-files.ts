import { access } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { type RunContext, TaskError } from '#language/define-plugin'
import type { CommandProperties } from './properties'
import { writeInside } from './write-inside'

type NamespaceFiles = NonNullable<CommandProperties['namespaceFiles']>
type FileContext = Pick<RunContext, 'storage' | 'namespace' | 'log' | 'signal'>

/** What happens to a file that is there already; true if it is to be written all the same. */
const ifExists: Record<NamespaceFiles['ifExists'], (path: string, ctx: FileContext) => boolean> = {
  OVERWRITE: () => true,
  IGNORE: () => false,
  WARN: (path, ctx) => {
    ctx.log('WARN', `namespaceFiles: "${path}" is there already and is kept as it is.`)
    return false
  },
  FAIL: path => {
    throw new TaskError(`namespaceFiles: "${path}" is there already, and ifExists is FAIL.`)
  },
}

/** Puts the wanted files of one or more namespaces into the working directory; those of a later namespace win. */
export async function writeNamespaceFiles(wanted: NamespaceFiles, hostDir: string, ctx: FileContext): Promise<void> {
  const isWanted = selectPaths(wanted)
  for (const namespace of wanted.namespaces ?? [ctx.namespace]) {
    const files = ctx.storage.namespaceFiles(namespace)
    for (const path of (await files.list()).filter(isWanted)) {
      const name = wanted.folderPerNamespace ? `${namespace}/${path}` : path
      if ((await exists(join(hostDir, name))) && !ifExists[wanted.ifExists](name, ctx)) continue
      await writeInside(hostDir, name, await files.open(path), ctx.signal)
    }
  }
}

function selectPaths({ include, exclude }: NamespaceFiles): (path: string) => boolean {
  const isIncluded = include.length === 0 ? () => true : matcher(include)
  const isExcluded = exclude.length === 0 ? () => false : matcher(exclude)
  return path => isIncluded(path) && !isExcluded(path)
}

/** Extended globs could be made to match for hours. */
function matcher(globs: string[]): (path: string) => boolean {
  const relative = globs.map(glob => glob.replace(/^\/+/, ''))
  const isMatch = picomatch(relative, { dot: true, noextglob: true, nonegate: true })
  return path => relative.includes(path) || isMatch(path)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
