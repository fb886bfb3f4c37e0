import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { keepWanted, packFolder } from '../archive'
import type { RunnerEvents, RunnerRequest } from '../runner'
import { workingDir } from './container'

/** The container may run as any user: whoever it is may read and write its own working directory. */
export async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o777)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, 0o777)
  }
}

/** Copies a folder of this machine into a container, as an archive: works with a daemon on any machine. */
export async function putFiles(container: Docker.Container, hostDir: string): Promise<void> {
  const archive = packFolder(hostDir, workingDir.slice(1)) as unknown as NodeJS.ReadableStream
  await container.putArchive(archive, { path: '/' })
}

/** Brings back what matches `outputFiles` and all of the output directory; regular files only. */
export async function getFiles(
  container: Docker.Container,
  request: RunnerRequest,
  events: RunnerEvents,
): Promise<void> {
  const archive = (await container.getArchive({ path: workingDir })) as Readable
  await keepWanted(archive, request, events)
}
