import { createHash, type Hash } from 'node:crypto'
import { basename, posix } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { type RunContext, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { FileSource } from './file-source'
import { wholeMatch } from './match'
import type { ListedFile } from './new-files'

export type TreeFile = ListedFile & { size: number; isFolder: boolean; details: JsonObject }

/** Files in folders: those of a server, or of this machine. Paths are absolute; the id of a file is its path. */
export type FileTree = {
  /** The path that a flow means. */
  resolve(path: string): string
  /** Files of a folder, without folders; rejects where there is none. */
  list(folder: string, options: { recursive: boolean }): AsyncIterable<TreeFile>
  /** Null where there is nothing. */
  stat(path: string): Promise<TreeFile | null>
  read(path: string): Promise<Readable>
  /** Makes the folders above as well; replaces what is there. */
  write(path: string, content: Readable): Promise<void>
  /** As `write`, from another path of the tree, and at once. */
  rename(from: string, to: string): Promise<void>
  /** A folder only if it is empty, or `recursive`. */
  remove(path: string, options: { recursive: boolean }): Promise<void>
}

export type TreeContext = Pick<RunContext, 'signal' | 'storage' | 'log'>

export type TreeChoice = {
  from: string
  regExp?: string
  recursive: boolean
  /** Where files are moved to; absent where they are deleted or left. */
  moveDirectory?: string
  /** Whether `regExp` is about names alone, or whole paths. */
  matches: 'name' | 'path'
  describe(file: TreeFile, uri?: string): JsonObject
}

/** The files of a folder as files to fetch. What lies where they are moved to is none of them. */
export function treeSource(ctx: TreeContext, tree: FileTree, choice: TreeChoice): FileSource<TreeFile> {
  const { recursive, matches } = choice
  const isMatch = wholeMatch(choice.regExp, 'regExp')
  const target = choice.moveDirectory === undefined ? undefined : tree.resolve(choice.moveDirectory)
  return {
    async *list() {
      for await (const file of tree.list(tree.resolve(choice.from), { recursive })) {
        if (posix.dirname(file.id) === target) continue
        if (isMatch(matches === 'name' ? basename(file.id) : file.id)) yield file
      }
    },
    fetch: (file, name) => fetchTreeFile(ctx, tree, file, name),
    async remove({ id, version }) {
      if ((await tree.stat(id))?.version !== version) return false
      if (target === undefined) await tree.remove(id, { recursive: false })
      else await tree.rename(id, `${target}/${basename(id)}`)
      return true
    },
    describe: choice.describe,
  }
}

/** Streams a file into internal storage; null where it has gone, or another version of it came while it was read. */
async function fetchTreeFile(
  { storage }: TreeContext,
  tree: FileTree,
  { id, version }: TreeFile,
  name: string,
): Promise<string | null> {
  try {
    const uri = await storage.put(name, await tree.read(id))
    if ((await tree.stat(id))?.version === version) return uri
    await storage.delete(uri)
    return null
  } catch (error) {
    if ((await tree.stat(id)) === null) return null
    throw error
  }
}

export type Checksum = { validateChecksum: boolean; checksumAlgorithm: string; checksumExpected?: string }

/** Streams one file into internal storage, where it must have the checksum that is asked for. */
export async function download(
  ctx: TreeContext,
  tree: FileTree,
  { path, name, checksum }: { path: string; name: string; checksum?: Checksum },
): Promise<{ uri: string; file: TreeFile }> {
  const file = await checkSource(tree, path)
  if (checksum?.validateChecksum && checksum.checksumExpected === undefined)
    throw new TaskError('validateChecksum needs checksumExpected, what to compare with')
  const hash = checksum?.validateChecksum ? createHash(checksum.checksumAlgorithm.replace('SHA_', 'sha')) : undefined
  const source = await tree.read(path)
  const uri = await ctx.storage.put(name, hash ? source.pipe(hashing(hash, source)) : source)
  const sum = hash?.digest('hex')
  if (sum !== undefined && sum !== checksum?.checksumExpected?.trim().toLowerCase()) {
    await ctx.storage.delete(uri)
    throw new TaskError(`${path} has the checksum ${sum}, not checksumExpected`)
  }
  return { uri, file }
}

function hashing(hash: Hash, source: Readable): Transform {
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  source.once('error', error => transform.destroy(error))
  return transform
}

/** Streams a stored file to a path. */
export async function upload(
  ctx: TreeContext,
  tree: FileTree,
  { uri, path, overwrite }: { uri: string; path: string; overwrite: boolean },
): Promise<void> {
  await checkFree(tree, path, overwrite)
  await tree.write(path, await ctx.storage.open(uri))
  ctx.log('DEBUG', `Uploaded ${uri} to ${path}`)
}

/** Moves a file or a folder; a file into `to` where that is a folder or ends as one. Answers where it is then. */
export async function move(
  tree: FileTree,
  { from, to, overwrite }: { from: string; to: string; overwrite: boolean },
): Promise<{ from: string; to: string }> {
  const source = tree.resolve(from)
  const file = await tree.stat(source)
  if (file === null) throw new TaskError(`There is no file ${source}`)
  const isInto = !file.isFolder && (to.endsWith('/') || (await tree.stat(tree.resolve(to)))?.isFolder === true)
  const target = tree.resolve(isInto ? `${to}/${basename(source)}` : to)
  await checkFree(tree, target, overwrite)
  await tree.rename(source, target)
  return { from: source, to: target }
}

/** Deletes a file or a folder; whether there was one. */
export async function remove(
  tree: FileTree,
  { path, errorOnMissing, recursive }: { path: string; errorOnMissing: boolean; recursive: boolean },
): Promise<boolean> {
  if ((await tree.stat(path)) !== null) {
    await tree.remove(path, { recursive })
    return true
  }
  if (errorOnMissing) throw new TaskError(`There is no file ${path} to delete (errorOnMissing)`)
  return false
}

/** A file, where there is one. */
export async function checkSource(tree: FileTree, path: string): Promise<TreeFile> {
  const file = await tree.stat(path)
  if (file === null) throw new TaskError(`There is no file ${path}`)
  if (file.isFolder) throw new TaskError(`${path} is a folder, no file`)
  return file
}

/** A file may be replaced where the task says so; a folder never. */
export async function checkFree(tree: FileTree, path: string, overwrite: boolean): Promise<void> {
  const there = await tree.stat(path)
  if (there?.isFolder) throw new TaskError(`${path} is a folder; name the file in it, too`)
  if (there !== null && !overwrite) throw new TaskError(`${path} is there already; set overwrite: true to replace it`)
}
