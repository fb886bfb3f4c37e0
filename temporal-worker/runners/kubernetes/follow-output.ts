import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createLineSplitter } from '../lines'
import type { RunnerEvents } from '../runner'
import type { Cluster, PodRef } from './cluster'
import { followCommand } from './scripts'

const againAfterMs = 300

/**
 * Tells each line of a command once, in order, until its end; also over lost connections: what was told before is
 * skipped by its bytes. False where the pod was gone before all was read.
 */
export async function followOutput(
  cluster: Cluster,
  files: PodRef,
  events: RunnerEvents,
  isGone: () => boolean,
): Promise<boolean> {
  const stdout = createOutput('stdout', events)
  const stderr = createOutput('stderr', events)
  for (;;) {
    const wasGone = isGone()
    const isWhole = await readOnce(cluster, files, [stdout, stderr], events).catch(() => false)
    if (isWhole || wasGone) {
      stdout.end()
      stderr.end()
      return isWhole
    }
    await delay(againAfterMs)
  }
}

async function readOnce(
  cluster: Cluster,
  files: PodRef,
  [stdout, stderr]: [Output, Output],
  events: RunnerEvents,
): Promise<boolean> {
  const following = await cluster.exec(files, followCommand)
  await Promise.all([read(following.stdout, stdout, events), read(following.stderr, stderr, events)])
  return (await following.ended).isOk
}

async function read(stream: Readable, output: Output, events: RunnerEvents): Promise<void> {
  output.again()
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    output.write(chunk)
    await events.caughtUp?.()
  }
}

export type Output = ReturnType<typeof createOutput>

/** Lines of a stream that may be read again from its beginning: what was told before is skipped. */
export function createOutput(name: 'stdout' | 'stderr', events: RunnerEvents) {
  const splitter = createLineSplitter(line => events.line(name, line, new Date()))
  let told = 0
  let skip = 0
  return {
    /** The stream begins anew. */
    again: () => {
      skip = told
    },
    write(chunk: Buffer): void {
      const fresh = chunk.subarray(skip)
      skip = Math.max(0, skip - chunk.length)
      told += fresh.length
      splitter.write(fresh)
    },
    /** Bytes so far. */
    told: () => told,
    end: splitter.end,
  }
}
