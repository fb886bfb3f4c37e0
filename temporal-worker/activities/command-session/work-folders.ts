import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { privateFilePrefix } from '#language/define-plugin'
import { outputFolder } from '../../runners/runner'

export type TaskRunKey = { tenantId: string; executionId: string; taskRunId: string; attempt: number }

export type WorkFolders = ReturnType<typeof createWorkFolders>

export type WorkFolder = { hostDir: string; remove(): Promise<void> }

/** A folder without a key is one whose making was cut short; younger ones may still be in the making. */
const unkeyedAgeMs = 60_000

/**
 * Fresh folders for users' code under `root`, each beside a note of its task run, so that a sweep finds those of dead
 * workers. Only this user can enter `root`: what lies inside may be open to the users of containers.
 */
export function createWorkFolders(root: string) {
  const tasks = join(root, 'tasks')
  const own = new Set<string>()
  return {
    /** Kept between tasks, e.g. for installed packages. */
    cacheDir: join(root, 'cache'),

    async create(key: TaskRunKey): Promise<WorkFolder> {
      const folder = await makeFolder(tasks)
      own.add(basename(folder))
      const hostDir = join(folder, 'work')
      await Promise.all([mkdir(hostDir), writeFile(join(folder, 'key.json'), JSON.stringify(key))])
      let removing: Promise<void> | undefined
      const remove = () => {
        removing ??= removeWhole(folder).then(() => void own.delete(basename(folder)))
        return removing
      }
      return { hostDir, remove }
    },

    /** Removes the folders of task runs that nobody works on any more. */
    async sweep(isLive: (key: TaskRunKey) => Promise<boolean>): Promise<number> {
      let removed = 0
      for (const name of await readdir(tasks).catch(() => [])) {
        const folder = join(tasks, name)
        if (own.has(name) || (await isNeeded(folder, isLive))) continue
        await removeWhole(folder)
        removed++
      }
      return removed
    },
  }
}

/** Makes the folder around it where it isn't there: mostly it is. */
async function makeFolder(tasks: string): Promise<string> {
  const prefix = join(tasks, 'run-')
  try {
    return await mkdtemp(prefix)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await mkdir(tasks, { recursive: true, mode: 0o700 })
    return await mkdtemp(prefix)
  }
}

/** A folder that other tasks use, too: only what belongs to one of them goes with it. */
export async function shareFolder(hostDir: string): Promise<WorkFolder> {
  async function remove(): Promise<void> {
    for (const name of await readdir(hostDir)) {
      if (name === outputFolder || name.startsWith(privateFilePrefix)) await removeFolder(join(hostDir, name))
    }
  }
  await remove()
  return { hostDir, remove }
}

async function isNeeded(folder: string, isLive: (key: TaskRunKey) => Promise<boolean>): Promise<boolean> {
  const text = await readFile(join(folder, 'key.json'), 'utf8').catch(() => '')
  if (text !== '') return await isLive(JSON.parse(text))
  const { mtimeMs } = await stat(folder)
  return Date.now() - mtimeMs < unkeyedAgeMs
}

/** The key last: where the worker dies before, the next one knows what is left. */
async function removeWhole(folder: string): Promise<void> {
  await removeFolder(join(folder, 'work'))
  await removeFolder(folder)
}

/** Users' code may take its own rights away (`chmod 000`). */
async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true })
  } catch {
    await openFolders(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(join(folder, entry.name))
  }
}
