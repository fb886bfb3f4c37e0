import { webEnv } from './env'
import { sweepUnstarted } from './executions/sweep-unstarted'
import { log } from './log'

const sweepEveryMs = 30_000

/** What a web process does besides answering. Fails at once where its settings are wrong. */
export function startServer(): void {
  webEnv()
  let isSweeping = false
  const timer = setInterval(async () => {
    if (isSweeping) return
    isSweeping = true
    await sweepUnstarted().catch((error: unknown) => log.error({ err: error }, 'sweep failed'))
    isSweeping = false
  }, sweepEveryMs)
  timer.unref()
}
