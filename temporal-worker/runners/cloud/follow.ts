import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { keepWanted } from '../archive'
import { createLineSplitter } from '../lines'
import { type RunnerEvents, type RunnerRequest, RunnerRequestError } from '../runner'
import { type CloudStore, objectNames } from './store'

/** As the job's own shell tells: an exit code, or why there is none. */
export type Told = { exit: number | 'missing' | 'unstarted' | 'gone'; outputs: 'none' | 'kept' | 'lost' }

const lookEveryMs = 1000
const tries = 3

/**
 * Tells each line that the job sends, once and in order, until its end. Undefined where the vendor says that the job is
 * over (`isOver`, asked as often as `everyMs`) and it never told how it ended.
 */
export async function pollUntilEnd(given: {
  store: CloudStore
  events: RunnerEvents
  everyMs: number
  isOver(): Promise<boolean>
  signal: AbortSignal
}): Promise<Told | undefined> {
  const { store, events, everyMs, isOver, signal } = given
  const log = createLog(store, events)
  let askAtMs = Date.now() + everyMs
  for (let wasOver = false; ; ) {
    await log.tellNew()
    const end = await readEnd(store)
    if (end !== undefined) {
      await log.tellNew()
      log.end()
      return end
    }
    if (wasOver) {
      log.end()
      return undefined
    }
    await delay(lookEveryMs, undefined, { signal })
    if (Date.now() < askAtMs) continue
    wasOver = await isOver()
    askAtMs = Date.now() + everyMs
  }
}

async function readEnd(store: CloudStore): Promise<Told | undefined> {
  const found = await store.get(objectNames.end)
  if (found === undefined) return undefined
  const [exit = '', outputs] = (await text(found.content)).split('\n')
  return { exit: /^\d+$/.test(exit) ? Number(exit) : (exit as 'gone'), outputs: outputs as Told['outputs'] }
}

/** The log of a job, part by part. */
function createLog(store: CloudStore, events: RunnerEvents) {
  let number = 1
  let told = 0
  let writtenAt = new Date()
  const splitters = {
    stdout: createLineSplitter(line => events.line('stdout', line, writtenAt)),
    stderr: createLineSplitter(line => events.line('stderr', line, writtenAt)),
  }

  /** What was told of a part before its connection was lost is skipped. */
  async function tell(content: Readable): Promise<void> {
    let header: { rest: Buffer } | undefined = { rest: Buffer.alloc(0) }
    let stdoutBytes = 0
    let at = 0
    for await (const chunk of content as AsyncIterable<Buffer>) {
      let data = chunk
      if (header !== undefined) {
        header.rest = Buffer.concat([header.rest, data])
        const newline = header.rest.indexOf('\n')
        if (newline === -1) continue
        stdoutBytes = Number(header.rest.subarray(0, newline).toString().split(' ')[0])
        data = header.rest.subarray(newline + 1)
        header = undefined
      }
      const fresh = data.subarray(Math.max(0, told - at))
      const stdoutLeft = Math.max(0, stdoutBytes - (at + data.length - fresh.length))
      splitters.stdout.write(fresh.subarray(0, stdoutLeft))
      splitters.stderr.write(fresh.subarray(stdoutLeft))
      at += data.length
      told = Math.max(told, at)
    }
  }

  return {
    async tellNew(): Promise<void> {
      for (;;) {
        const part = await retrying(async () => {
          const found = await store.get(objectNames.part(number))
          if (found === undefined) return false
          writtenAt = found.writtenAt
          await tell(found.content)
          return true
        })
        if (!part) return
        // The job has its kit: nobody else shall read it.
        if (number === 1) await store.remove(objectNames.kit)
        number++
        told = 0
      }
    },
    end() {
      splitters.stdout.end()
      splitters.stderr.end()
    },
  }
}

/** Brings back what matches `outputFiles` and all of the output directory. */
export async function fetchOutputs(store: CloudStore, request: RunnerRequest, events: RunnerEvents): Promise<void> {
  await retrying(async () => {
    const found = await store.get(objectNames.outputs)
    if (found !== undefined) await keepWanted(found.content, request, events)
  })
}

/** A connection may be lost in the middle of an object. */
async function retrying<Result>(action: () => Promise<Result>): Promise<Result> {
  for (let left = tries - 1; left > 0; left--) {
    try {
      return await action()
    } catch (error) {
      if (error instanceof RunnerRequestError) throw error
      await delay(lookEveryMs)
    }
  }
  return await action()
}
