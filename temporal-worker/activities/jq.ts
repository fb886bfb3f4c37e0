import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Json } from '#language/json'

const timeoutMs = 10_000

/** Runs in the thread; a program that never ends is ended with it. */
const threadSource = `
const { parentPort, workerData } = require('node:worker_threads')
const { raw } = require(workerData.jqPath)
parentPort.on('message', async ({ id, input, program }) => {
  try {
    parentPort.postMessage({ id, output: await raw(input, program, ['-c']) })
  } catch (error) {
    parentPort.postMessage({ id, failure: String(error && error.message || error) })
  }
})`

type Answer = { id: number; output?: string; failure?: string }
type Waiting = { resolve(outputs: Json[]): void; reject(error: Error): void; timer: NodeJS.Timeout }

let thread: Worker | undefined
let nextId = 0
const waiting = new Map<number, Waiting>()

/** All outputs of a jq program for one input. */
export function runJq(input: Json, program: string): Promise<Json[]> {
  const id = nextId++
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stopThread(`The jq program ran for more than ${timeoutMs / 1000} s`), timeoutMs)
    waiting.set(id, { resolve, reject, timer })
    thread ??= startThread()
    thread.postMessage({ id, input: JSON.stringify(input), program })
  })
}

function startThread(): Worker {
  const jqPath = createRequire(import.meta.url).resolve('jq-wasm')
  const worker = new Worker(threadSource, {
    eval: true,
    workerData: { jqPath },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  worker.on('message', settle)
  worker.on('error', error => stopThread(error.message))
  // The thread alone keeps no process alive.
  worker.unref()
  return worker
}

function settle({ id, output = '', failure }: Answer): void {
  const asked = waiting.get(id)
  waiting.delete(id)
  clearTimeout(asked?.timer)
  if (failure !== undefined) asked?.reject(new Error(`jq: ${failure.trim()}`))
  else
    asked?.resolve(
      output
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Json),
    )
}

/** Everything in the thread fails with it; the next program gets a new one. */
function stopThread(reason: string): void {
  void thread?.terminate()
  thread = undefined
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer)
    reject(new Error(reason))
  }
  waiting.clear()
}
