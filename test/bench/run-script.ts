import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Runner } from '#worker/runners/runner'
import { prepareRequest, recordEvents } from '../harness/runner-kit'
import { memoryOf, resetPeak } from './measure'
import type { Row } from './report'

export type ScriptRun = (
  script: string,
  more?: { fill?(dir: string): Promise<void>; outputFiles?: string[] },
) => Promise<void>

/** Runs scripts on a runner of this process, each in a fresh folder below `folder`; rejects where one fails. */
export function createScriptRun(runner: Runner, { folder, tenantId }: { folder: string; tenantId: string }): ScriptRun {
  return async (script, { fill = async () => {}, outputFiles = [] } = {}) => {
    const request = await prepareRequest(folder, script, { outputFiles })
    request.key = { ...request.key, tenantId }
    await fill(request.hostDir)
    const { exitCode } = await runner.run(request, recordEvents().events, new AbortController().signal)
    if (exitCode !== 0) throw new Error(`The command ended with ${exitCode}`)
  }
}

const largeBytes = 1024 ** 3

/** A file of 1 GiB goes to where the script runs, and comes back under another name. */
export async function largeFileRows(group: string, run: ScriptRun): Promise<Row[]> {
  let began = 0
  const fill = async (dir: string) => {
    await fillLarge(dir)
    await resetPeak(process.pid)
    began = performance.now()
  }
  await run('mv in.bin out.bin', { fill, outputFiles: ['out.bin'] })
  const ms = performance.now() - began
  return [
    { group, what: '1 GiB in and out', unit: 'MB/s', value: (2 * largeBytes) / 1e6 / (ms / 1000) },
    { group, what: "the worker's peak memory for it", unit: 'MiB', value: (await memoryOf(process.pid)).peakMiB },
  ]
}

async function fillLarge(dir: string): Promise<void> {
  const chunk = Buffer.alloc(1024 ** 2, 'millrace ')
  const chunks = Readable.from(Array.from({ length: largeBytes / chunk.length }, () => chunk))
  await pipeline(chunks, createWriteStream(join(dir, 'in.bin')))
}
