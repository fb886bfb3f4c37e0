import type { RunContext } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ListedFile } from './new-files'
import type { FileAction } from './properties'
import { storedPath } from './stored-name'

/** Where files lie: a folder of a server, of this machine, of a bucket. */
export type FileSource<File extends ListedFile> = {
  /** The files that the properties ask for, without folders. */
  list(): AsyncIterable<File>
  /** Puts a file into internal storage; null where it has gone or changed since it was listed. */
  fetch(file: File, name: string): Promise<string | null>
  /** Moves or deletes this version of a file; whether it was there. */
  remove(file: Pick<File, 'id' | 'version'>): Promise<boolean>
  /** A file as outputs tell of it, stored at `uri`. */
  describe(file: File, uri: string): JsonObject
}

type SourceContext = Pick<RunContext, 'signal' | 'log'>
export type Fetched<File> = { file: File; uri: string }

/** Fetches files one after the other, but for those that went away meanwhile. */
export async function fetchFiles<File extends ListedFile>(
  ctx: SourceContext,
  source: FileSource<File>,
  files: File[],
): Promise<Fetched<File>[]> {
  const fetched: Fetched<File>[] = []
  for (const file of files) {
    ctx.signal.throwIfAborted()
    const uri = await source.fetch(file, storedPath(file))
    if (uri !== null) fetched.push({ file, uri })
    else ctx.log('INFO', `${file.id} went away or changed while it was fetched, and is left for later`)
  }
  return fetched
}

/** Moves or deletes files that were fetched. One that can't be doesn't hold up the others; answers why each of them stays. */
export async function removeFiles<File extends ListedFile>(
  ctx: SourceContext,
  source: FileSource<File>,
  files: Pick<File, 'id' | 'version'>[],
): Promise<string[]> {
  const stuck: string[] = []
  for (const file of files) {
    ctx.signal.throwIfAborted()
    const isRemoved = await source.remove(file).catch(error => {
      ctx.signal.throwIfAborted()
      const reason = error instanceof Error ? error.message : String(error)
      stuck.push(reason)
      ctx.log('WARN', `${file.id} was fetched but is still there: ${reason}`)
    })
    if (isRemoved === false) ctx.log('DEBUG', `${file.id} is gone, or a newer version of it is there`)
  }
  return stuck
}

/** The first files of a listing, and whether they are all. */
export async function listAtMost<File>(
  files: AsyncIterable<File>,
  count: number,
): Promise<{ files: File[]; isWhole: boolean }> {
  const first: File[] = []
  for await (const file of files) {
    if (first.length === count) return { files: first, isWhole: false }
    first.push(file)
  }
  return { files: first, isWhole: true }
}

/** The first files of a source; the log tells where there are more. */
export async function firstFiles<File extends ListedFile>(
  ctx: SourceContext,
  source: Pick<FileSource<File>, 'list'>,
  count: number,
): Promise<File[]> {
  const { files, isWhole } = await listAtMost(source.list(), count)
  if (!isWhole) ctx.log('WARN', `There are more than ${count} files; maxFiles would have to be greater`)
  return files
}

/** Fetches the first files of a source, then moves or deletes them where the task says so. */
export async function takeFiles<File extends ListedFile>(
  ctx: SourceContext,
  source: FileSource<File>,
  { action, maxFiles }: { action: FileAction; maxFiles: number },
): Promise<Fetched<File>[]> {
  const fetched = await fetchFiles(ctx, source, await firstFiles(ctx, source, maxFiles))
  const files = fetched.map(({ file }) => file)
  if (action !== 'NONE') await removeFiles(ctx, source, files)
  return fetched
}
