/** A script through the runners of one machine beside the same command started bare. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDockerRunner } from '#worker/runners/docker'
import { createProcessRunner } from '#worker/runners/process'
import { canStartDocker, startDocker } from '../harness/docker'
import { timeEach } from './measure'
import type { Row } from './report'
import { createScriptRun, largeFileRows } from './run-script'

const tenantId = 'bench'

export async function processRows(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-process-'))
  try {
    const run = createScriptRun(createProcessRunner({ instance: randomUUID() }), { folder, tenantId })
    const ours = await timeEach(100, () => run('echo hello'), 10)
    const bare = await timeEach(100, () => runBare('/bin/sh', ['-c', 'echo hello']), 10)
    const group = 'process'
    return [
      {
        group,
        what: 'one echo, median',
        unit: 'ms',
        value: ours.medianMs,
        baseline: { what: 'spawn', value: bare.medianMs },
      },
      { group, what: 'overhead per task', unit: 'ms', value: ours.medianMs - bare.medianMs },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function dockerRows(): Promise<Row[]> {
  if (!canStartDocker()) return []
  const daemon = await startDocker()
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-docker-'))
  try {
    await daemon.importImage('busybox:1')
    const { docker, socketPath } = daemon
    const runnerWith = (sharesFiles: boolean) => {
      const runner = createDockerRunner({ instance: randomUUID(), docker, sharesFiles })
      return createScriptRun(runner, { folder, tenantId })
    }
    const shared = runnerWith(true)
    const copied = runnerWith(false)
    const client = ['-H', `unix://${socketPath}`, 'run', '--rm', 'busybox:1', '/bin/sh', '-c', 'echo hello']
    const ours = await timeEach(20, () => shared('echo hello'))
    const bare = await timeEach(20, () => runBare('docker', client))
    const ofCopies = await timeEach(20, () => copied('echo hello'))
    const group = 'Docker'
    const baseline = { what: 'docker run', value: bare.medianMs }
    return [
      { group, what: 'one echo, median', unit: 'ms', value: ours.medianMs, baseline },
      { group, what: 'the same, files copied', unit: 'ms', value: ofCopies.medianMs, baseline },
      ...(await largeFileRows(group, copied)),
    ]
  } finally {
    await daemon.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Until the process has ended and all it said was read. */
async function runBare(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.resume()
  child.stderr.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
}
