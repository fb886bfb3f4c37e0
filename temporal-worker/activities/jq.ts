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
type Asked = {
  input: Json
  program: string
  isRepeated: boolean
  resolve(outputs: Json[]): void
  reject(error: Error): void
}
type Thread = { worker: Worker; waiting: Map<number, Asked & { timer: NodeJS.Timeout }>; programs: number }

/** jq's memory grows with each program until it aborts, then for good: a thread is replaced long before. */
const programsPerThread = 100

let current: Thread | undefined
let nextId = 0

/** All outputs of a jq program for one input. */
export function runJq(input: Json, program: string): Promise<Json[]> {
  return new Promise((resolve, reject) => ask({ input, program, isRepeated: false, resolve, reject }))
}

function ask(asked: Asked): void {
  const thread = current ?? startThread()
  const id = nextId++
  const timer = setTimeout(
    () => stopThread(thread, `The jq program ran for more than ${timeoutMs / 1000} s`),
    timeoutMs,
  )
  thread.waiting.set(id, { ...asked, timer })
  thread.programs += 1
  // It still answers what it was asked.
  current = thread.programs < programsPerThread ? thread : undefined
  thread.worker.postMessage({ id, input: JSON.stringify(asked.input), program: asked.program })
}

function startThread(): Thread {
  const jqPath = createRequire(import.meta.url).resolve('jq-wasm')
  const worker = new Worker(threadSource, {
    eval: true,
    workerData: { jqPath },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const thread: Thread = { worker, waiting: new Map(), programs: 0 }
  worker.on('message', (answer: Answer) => settle(thread, answer))
  worker.on('error', error => stopThread(thread, error.message))
  // The thread alone keeps no process alive.
  worker.unref()
  return thread
}

function settle(thread: Thread, { id, output = '', failure }: Answer): void {
  const asked = thread.waiting.get(id)
  if (asked === undefined) return
  thread.waiting.delete(id)
  clearTimeout(asked.timer)
  if (failure?.startsWith('Aborted') && !asked.isRepeated) repeatElsewhere(thread, asked)
  else if (failure !== undefined) asked.reject(new Error(`jq: ${failure.trim()}`))
  else asked.resolve(parseLines(output))
  if (thread !== current && thread.waiting.size === 0) void thread.worker.terminate()
}

/** An aborted jq aborts at every program; a fresh one tells whether it was this program's fault. */
function repeatElsewhere(thread: Thread, asked: Asked): void {
  if (current === thread) current = undefined
  ask({ ...asked, isRepeated: true })
}

function parseLines(output: string): Json[] {
  const lines = output.split('\n').filter(line => line !== '')
  return lines.map(line => JSON.parse(line) as Json)
}

/** Everything in the thread fails with it; the next program gets a new one. */
function stopThread(thread: Thread, reason: string): void {
  void thread.worker.terminate()
  if (current === thread) current = undefined
  for (const { reject, timer } of thread.waiting.values()) {
    clearTimeout(timer)
    reject(new Error(reason))
  }
  thread.waiting.clear()
}
