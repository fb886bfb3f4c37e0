import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type Docker from 'dockerode'
import { extract, type Headers, type Pack, pack } from 'tar-stream'
import { globMatcher } from '../globs'
import { outputFolder, type RunnerEvents, type RunnerRequest } from '../runner'
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
  const archive = pack()
  const packed = packFolder(archive, hostDir, workingDir.slice(1)).then(
    () => archive.finalize(),
    error => archive.destroy(error),
  )
  await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: '/' })
  await packed
}

async function packFolder(archive: Pack, folder: string, name: string): Promise<void> {
  archive.entry({ name, type: 'directory', mode: 0o777 })
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await packFolder(archive, path, `${name}/${entry.name}`)
    else if (entry.isFile()) await packFile(archive, path, `${name}/${entry.name}`)
  }
}

async function packFile(archive: Pack, path: string, name: string): Promise<void> {
  const { size } = await lstat(path)
  const entry = archive.entry({ name, size, mode: 0o777 })
  // An archive entry has the size it announced, even if the file grows.
  await pipeline(createReadStream(path, { end: Math.max(size - 1, 0) }), entry as unknown as NodeJS.WritableStream)
}

/** Brings back what matches `outputFiles` and all of the output directory; regular files only. */
export async function getFiles(
  container: Docker.Container,
  { hostDir, outputFiles }: RunnerRequest,
  events: RunnerEvents,
): Promise<void> {
  const matchers = outputFiles.map(globMatcher)
  const isWanted = (name: string) => name.startsWith(`${outputFolder}/`) || matchers.some(matches => matches(name))
  const archive = (await container.getArchive({ path: workingDir })) as Readable
  const entries = archive.pipe(extract())
  archive.on('error', error => entries.destroy(error))
  for await (const entry of entries) {
    const name = relativeName(entry.header.name)
    if (name !== null && isWanted(name)) await keep(entry.header, name, entry as unknown as Readable)
    entry.resume()
  }

  async function keep(header: Headers, name: string, content: Readable): Promise<void> {
    if (header.type === 'file') {
      await mkdir(dirname(join(hostDir, name)), { recursive: true })
      await pipeline(content, createWriteStream(join(hostDir, name)))
    } else if (header.type !== 'directory') {
      events.notice('DEBUG', `"${name}" is a ${header.type}: only regular files are kept as output files.`)
    }
  }
}

/** The archive's first folder is the working directory itself. A daemon is trusted no more than an upload. */
function relativeName(name: string): string | null {
  const parts = name.split('/').slice(1)
  if (parts.length === 0 || parts.join('') === '' || parts.includes('..') || parts.includes('')) return null
  return parts.join('/')
}
