import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogLevel } from '#language/define-plugin'
import type { FolderCache } from './folder-cache'
import type { FolderRuntime } from './run-folder-task'

/** A line for the log of a WorkingDirectory. */
export type FolderNote = { level: LogLevel; message: string }

/** A cache that can't be read is none: the tasks begin with an empty folder. */
export async function restoreFolder(
  { deps, input, folder }: FolderRuntime,
  cache: FolderCache | undefined,
): Promise<FolderNote[]> {
  if (cache === undefined) return []
  try {
    return (await cache.restore()) ? [{ level: 'DEBUG', message: 'The cached files are put into the folder' }] : []
  } catch (error) {
    deps.report(error, { taskRunId: input.run.id })
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
    return [{ level: 'WARN', message: "The cached files can't be read; the tasks run without them" }]
  }
}

/** Files that can't be kept are no failure of the tasks that made them. */
export async function saveFolder(
  { deps, input }: FolderRuntime,
  cache: FolderCache | undefined,
): Promise<FolderNote[]> {
  if (cache === undefined) return []
  try {
    const isSaved = await cache.save()
    return [
      {
        level: 'DEBUG',
        message: isSaved ? 'The cached files changed and are kept anew' : 'The cached files did not change',
      },
    ]
  } catch (error) {
    deps.report(error, { taskRunId: input.run.id })
    return [{ level: 'WARN', message: "The files can't be cached" }]
  }
}
