import { sweepUsage } from './billing/sweep-usage'
import { webEnv } from './env'
import { sweepUnstarted } from './executions/sweep-unstarted'
import { log } from './log'

const sweepEveryMs = 10_000
const tellUsageEveryMs = 10 * 60_000

/** What a web process does besides answering. Fails at once where its settings are wrong. */
export function startServer(): void {
  const { MILLRACE_URL } = webEnv()
  // next-auth reads where it is from here alone; without an address it goes by the request's own host.
  Object.assign(process.env, MILLRACE_URL ? { NEXTAUTH_URL: MILLRACE_URL } : { AUTH_TRUST_HOST: 'true' })
  keepDoing(sweepUnstarted, sweepEveryMs)
  keepDoing(sweepUsage, tellUsageEveryMs)
}

function keepDoing(work: () => Promise<unknown>, everyMs: number): void {
  let isWorking = false
  const timer = setInterval(async () => {
    if (isWorking) return
    isWorking = true
    await work().catch((error: unknown) => log.error({ err: error }, 'sweep failed'))
    isWorking = false
  }, everyMs)
  timer.unref()
}
