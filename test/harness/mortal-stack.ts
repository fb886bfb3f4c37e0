import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb, buildWorker } from '#infra/local/build'
import type { Child } from '#infra/local/child'
import { freePort } from '#infra/local/free-port'
import { keepRunning, type Running } from '#infra/local/keep-running'
import { defaultNamespace, startTemporal } from '#infra/local/temporal'
import { startWeb } from '#infra/local/web'
import { startWorker } from '#infra/local/worker'
import { prepareTestStack } from './stack'

export const mortalParts = ['worker', 'web', 'temporal'] as const
export type MortalPart = (typeof mortalParts)[number]

export type MortalStack = Awaited<ReturnType<typeof startMortalStack>>

/** A stack with a Temporal server of its own, whose parts the supervisor's own code starts again when they are killed. */
export async function startMortalStack() {
  const dir = await mkdtemp(join(tmpdir(), 'millrace-mortal-'))
  await chmod(dir, 0o755)
  const port = await freePort()
  const temporal = { address: `127.0.0.1:${port}`, namespace: defaultNamespace }
  const { env, lines, drop, port: webPort, ...stack } = await prepareTestStack(temporal)
  const log = (line: string) => lines.push(line)
  await buildWeb(log)
  const bundle = await buildWorker(log)
  const running = new Map<MortalPart, Running>()
  const starts: Record<MortalPart, () => Promise<Running | Child>> = {
    temporal: () => startTemporal({ dir, port, log }),
    worker: () => startWorker({ env, log, bundle }),
    web: () => startWeb({ env, log, host: '127.0.0.1', port: webPort }),
  }
  const stops: (() => Promise<void>)[] = []
  for (const part of ['temporal', 'worker', 'web'] as const) {
    const start = async () => {
      const started = await starts[part]()
      running.set(part, started)
      return started
    }
    const kept = await keepRunning({ name: part, start, say: log, logFile: 'the test' })
    stops.push(kept.stop)
  }
  return {
    ...stack,
    webUrl: `http://127.0.0.1:${webPort}`,
    log: () => lines.join('\n'),
    /** Kills a part at once, and resolves when another runs in its place. */
    async kill(part: MortalPart): Promise<void> {
      const old = running.get(part)
      if (old === undefined) throw new Error(`${part} does not run`)
      process.kill(old.pid, 'SIGKILL')
      while (running.get(part) === old) await new Promise(resolve => setTimeout(resolve, 20))
    },
    async stop() {
      for (const stop of stops.reverse()) await stop()
      await drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
