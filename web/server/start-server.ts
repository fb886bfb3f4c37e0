import { webEnv } from './env'
import { sweepUnstarted } from './executions/sweep-unstarted'
import { log } from './log'

const sweepEveryMs = 30_000

/** What a web process does besides answering. Fails at once where its settings are wrong. */
export function startServer(): void {
  const { MILLRACE_URL } = webEnv()
  // next-auth reads where it is from here alone; without an address it goes by the request's own host.
  Object.assign(process.env, MILLRACE_URL ? { NEXTAUTH_URL: MILLRACE_URL } : { AUTH_TRUST_HOST: 'true' })
  let isSweeping = false
  const timer = setInterval(async () => {
    if (isSweeping) return
    isSweeping = true
    await sweepUnstarted().catch((error: unknown) => log.error({ err: error }, 'sweep failed'))
    isSweeping = false
  }, sweepEveryMs)
  timer.unref()
}
