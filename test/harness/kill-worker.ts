import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { RunnerRequest } from '#worker/runners/runner'

/** Starts a worker on a request, waits for its first line, and kills it as the kernel would. */
export async function killWorkerDuring(
  name: string,
  instance: string,
  place: string,
  request: RunnerRequest,
): Promise<void> {
  const victim = join(import.meta.dirname, 'runner-victim.ts')
  const args = ['--import', 'tsx', victim, name, instance, place, JSON.stringify(request)]
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  // Also where the test has run out of time: what it begins later would be another test's surprise.
  onTestFinished(() => void worker.kill('SIGKILL'))
  const exited = once(worker, 'exit')
  const first = once(createInterface(worker.stdout), 'line')
  const early = exited.then(([code]) => {
    throw new Error(`The worker ended before its command said something: exit code ${code}`)
  })
  await Promise.race([first, early])
  worker.kill('SIGKILL')
  await exited
}
