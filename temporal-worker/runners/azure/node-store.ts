import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { BatchServiceClient } from '@azure/batch'
import { unless } from '../cloud/refusal'
import { type CloudStore, objectNames } from '../cloud/store'
import type { Blobs } from './blobs'
import { outputsFile } from './start-script'

/** The one task of a job. */
export type TaskRef = { jobId: string; taskId: string }

type Part = { outFrom: number; outBytes: number; errFrom: number; errBytes: number }

/** Of one file, so much at a time is held in memory. */
const maxReadBytes = 4 * 1024 * 1024

/** What a job tells, read from its node; what it needs lies in Blob Storage. */
export function openNodeStore(client: BatchServiceClient, { jobId, taskId }: TaskRef, blobs: Blobs): CloudStore {
  /** A part that was read before is the same when it is read again. */
  const parts: Part[] = []

  const sizeOf = async (path: string) => {
    const found = await unless(404, () => client.file.getPropertiesFromTask(jobId, taskId, path), undefined)
    return found?.contentLength
  }
  const read = async (path: string, from?: number, bytes?: number): Promise<Readable> => {
    const range = from === undefined || bytes === undefined ? {} : { ocpRange: `bytes=${from}-${from + bytes - 1}` }
    const found = await client.file.getFromTask(jobId, taskId, path, { fileGetFromTaskOptions: range })
    return found.readableStreamBody as Readable
  }

  async function nextPart(number: number): Promise<Part | undefined> {
    const [outSize, errSize] = await Promise.all([sizeOf('stdout.txt'), sizeOf('stderr.txt')])
    const last = parts[number - 2] ?? { outFrom: 0, outBytes: 0, errFrom: 0, errBytes: 0 }
    const [outFrom, errFrom] = [last.outFrom + last.outBytes, last.errFrom + last.errBytes]
    const outBytes = Math.min((outSize ?? 0) - outFrom, maxReadBytes)
    const errBytes = Math.min((errSize ?? 0) - errFrom, maxReadBytes)
    const isFirst = number === 1 && outSize !== undefined
    return isFirst || outBytes > 0 || errBytes > 0 ? { outFrom, outBytes, errFrom, errBytes } : undefined
  }

  async function readPart(number: number): Promise<Readable | undefined> {
    const part = parts[number - 1] ?? (await nextPart(number))
    if (part === undefined) return undefined
    parts[number - 1] = part
    const { outFrom, outBytes, errFrom, errBytes } = part
    const texts = [Buffer.from(`${outBytes} ${errBytes}\n`)]
    if (outBytes > 0) texts.push(await buffer(await read('stdout.txt', outFrom, outBytes)))
    if (errBytes > 0) texts.push(await buffer(await read('stderr.txt', errFrom, errBytes)))
    return Readable.from([Buffer.concat(texts)])
  }

  /** The node knows the exit code where the command began. */
  async function readEnd(): Promise<Readable | undefined> {
    const task = await unless(404, () => client.task.get(jobId, taskId), undefined)
    const exitCode = task?.state === 'completed' ? task.executionInfo?.exitCode : undefined
    return exitCode === undefined ? undefined : Readable.from([`${exitCode}\nkept\n`])
  }

  async function readOutputs(): Promise<Readable | undefined> {
    const path = `wd/${outputsFile}`
    return (await sizeOf(path)) === undefined ? undefined : await read(path)
  }

  return {
    ...blobs,
    async get(name) {
      const number = /^log\/(\d+)$/.exec(name)?.[1]
      const content = await (number !== undefined
        ? readPart(Number(number))
        : name === objectNames.end
          ? readEnd()
          : readOutputs())
      return content && { content, writtenAt: new Date() }
    },
    // Nothing is written but by the node.
    signPut: async () => '',
  }
}
