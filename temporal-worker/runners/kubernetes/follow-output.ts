import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createLineSplitter } from '../lines'
import type { RunnerEvents, RunnerRequest } from '../runner'
import type { Cluster, PodRef } from './cluster'
import { mostTries, type PodEnd, readEnd } from './files'
import { followCommand, type Said } from './scripts'

const againAfterMs = 300

/**
 * Tells each line of a command once, in order, until its end, and how it ended; also over lost connections, each followed from
 * where the one before broke. An API server may cut a stream and call it a success: the end counts only where the pod is
 * over and all that it says was said has come. Undefined where the pod was gone before.
 */
export async function followToEnd(
  cluster: Cluster,
  files: PodRef,
  { request, events, isGone }: { request: RunnerRequest; events: RunnerEvents; isGone(): boolean },
): Promise<PodEnd | undefined> {
  const outputs = { stdout: createOutput('stdout', events), stderr: createOutput('stderr', events) }
  const hasAll = (said: Said) => outputs.stdout.told() >= said.stdout && outputs.stderr.told() >= said.stderr
  async function follow(): Promise<PodEnd | undefined> {
    for (let tries = 0; ; ) {
      const wasGone = isGone()
      const isWhole = await readOnce(cluster, files, outputs, events).catch(() => false)
      const end = isWhole ? await readEnd(cluster, files, request) : undefined
      if (end?.said !== undefined && (hasAll(end.said) || ++tries === mostTries)) return end
      if (end?.said === undefined && wasGone) return undefined
      await delay(againAfterMs)
    }
  }
  const end = await follow().finally(() => {
    outputs.stdout.end()
    outputs.stderr.end()
  })
  if (end?.said !== undefined && !hasAll(end.said))
    events.notice('WARN', 'The last lines are missing: the cluster cut the log each time it was read.')
  return end
}

async function readOnce(
  cluster: Cluster,
  files: PodRef,
  { stdout, stderr }: { stdout: Output; stderr: Output },
  events: RunnerEvents,
): Promise<boolean> {
  const following = await cluster.exec(files, followCommand({ stdout: stdout.told(), stderr: stderr.told() }))
  await Promise.all([read(following.stdout, stdout, events), read(following.stderr, stderr, events)])
  return (await following.ended).isOk
}

async function read(stream: Readable, output: Output, events: RunnerEvents): Promise<void> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    output.write(chunk)
    await events.caughtUp?.()
  }
}

export type Output = ReturnType<typeof createOutput>

/** Lines of a stream that comes in parts, each from where the one before ended. */
export function createOutput(name: 'stdout' | 'stderr', events: RunnerEvents) {
  const splitter = createLineSplitter(line => events.line(name, line, new Date()))
  let told = 0
  return {
    write(chunk: Buffer): void {
      told += chunk.length
      splitter.write(chunk)
    },
    /** Bytes so far. */
    told: () => told,
    end: splitter.end,
  }
}
