import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { createIsWanted, keepWanted, packFolder } from '../archive'
import { isText, unreadableName } from '../file-names'
import { outputFolder, type RunnerEvents, type RunnerRequest, RunnerRequestError } from '../runner'
import { type Cluster, collect, execToEnd, type PodRef } from './cluster'
import { maxSecretBytes } from './job'
import { endCommand, endMark, fetchCommand, maxNamesBytes, type Said, uploadCommand, uploadMark } from './scripts'

/** The API server may cut what a container says and call it a success (kubernetes/kubernetes#124571): so often it is asked. */
export const mostTries = 5

/** Small files travel with the Secret; the rest of its room is for the command. */
const maxPackedBytes = 600_000

/** The input files as a compressed archive; undefined where they are too large for a Secret. */
export async function packSmall({ hostDir, command, env }: RunnerRequest): Promise<Buffer | undefined> {
  await mkdir(join(hostDir, outputFolder), { recursive: true })
  const texts = [...command, ...Object.values(env)].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const room = Math.min(maxPackedBytes, maxSecretBytes - texts)
  if (!(await isBelow(hostDir, room * 4))) return undefined
  const packed = packFolder(hostDir, '.').pipe(createGzip({ level: 1 }))
  const archive = await collect(packed)
  return archive.length <= room ? archive : undefined
}

async function isBelow(folder: string, bytes: number): Promise<boolean> {
  let sum = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name))).size
    if (sum > bytes) return false
  }
  return true
}

/** Streams the input files into the pod that waits for them. */
export async function uploadFiles(cluster: Cluster, files: PodRef, { hostDir }: RunnerRequest): Promise<void> {
  const input = packFolder(hostDir, '.', {}, uploadMark) as unknown as Readable
  await execToEnd(cluster, files, { command: uploadCommand, what: 'put the input files into the pod', input })
}

export type PodEnd = {
  /** How the command ended, as the pod's shell tells. */
  told: string
  /** How much it said in all; undefined where the pod is not over yet. */
  said: Said | undefined
  /** Of the files it left. */
  names: string[]
}

/** Asks the pod for all that it tells of the command's end. */
export async function readEnd(cluster: Cluster, files: PodRef, { outputFiles }: RunnerRequest): Promise<PodEnd> {
  const command = endCommand(outputFiles.length > 0)
  for (let tries = 0; tries < mostTries; tries++) {
    const answer = await execToEnd(cluster, files, { command, what: 'ask how the command ended' })
    const text = answer.toString('utf8')
    if (!text.endsWith(endMark)) continue
    const [told = '', counts = '', ...names] = text.slice(0, -endMark.length).split('\n')
    return { told, said: parseSaid(counts), names: splitNames(names.join('\n')) }
  }
  throw new Error('Can’t ask how the command ended: the answer was cut')
}

function parseSaid(line: string): Said | undefined {
  const [over, stdout, stderr] = line.split(' ')
  // Without a number, which a command brings about that removes what it said, nothing is enough.
  return over === 'over' ? { stdout: Number(stdout), stderr: Number(stderr) } : undefined
}

/** Names, each ended by NUL; throws where they were cut. */
export function splitNames(text: string): string[] {
  if (Buffer.byteLength(text) <= maxNamesBytes) return text.split('\0').filter(Boolean)
  throw new RunnerRequestError(
    `The working directory holds too many files: their names alone are ${maxNamesBytes} bytes or more. Remove some, or leave ` +
      'outputFiles out and write what is to be kept into {{ outputDir }}.',
  )
}

/** Brings back what matches `outputFiles` and all of the output directory. */
export async function fetchFiles(
  cluster: Cluster,
  files: PodRef,
  { request, names, events }: { request: RunnerRequest; names: string[]; events: RunnerEvents },
): Promise<void> {
  const isWanted = createIsWanted(request)
  const all = names.filter(name => isWanted(name.slice('./'.length)))
  for (const name of all) if (!isText(name)) events.notice('WARN', unreadableName(name.slice('./'.length)))
  const wanted = all.filter(isText)
  if (wanted.length === 0) return
  const list = Buffer.from(wanted.map(name => `${name}\0`).join(''))
  for (let tries = 0; tries < mostTries; tries++) {
    const fetching = await cluster.exec(files, fetchCommand(list.length), Readable.from([list]))
    // One that is cut inside a file is no archive.
    const keeping = keepWanted(fetching.stdout, request, events).catch((error: Error) => {
      if (error instanceof RunnerRequestError) throw error
      return error
    })
    const [errors, kept] = await Promise.all([collect(fetching.stderr), keeping])
    const { isOk, message } = await fetching.ended
    if (isOk && kept === wanted.length) return
    if (isOk) continue
    if (kept instanceof Error) throw kept
    throw new Error(`Can't fetch the output files: ${errors.toString('utf8').trim() || message}`)
  }
  throw new Error('Can’t fetch the output files: not all of them came')
}
