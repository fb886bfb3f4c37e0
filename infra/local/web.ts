import { join } from 'node:path'
import { root } from './build'
import { type Child, readyOrExit, rememberLines, startChild } from './child'
import type { AppPartOptions } from './worker'

/** Starts the web app; resolves when it answers. */
export async function startWeb(options: AppPartOptions & { host: string; port: number }): Promise<Child> {
  const { host, port, isDev } = options
  const { log, lines } = rememberLines(options.log)
  const next = join(root, 'node_modules/next/dist/bin/next')
  const args = [next, isDev ? 'dev' : 'start', 'web', '--port', String(port), '--hostname', host]
  const env = { ...options.env, NODE_ENV: mode(isDev), NEXT_TELEMETRY_DISABLED: '1' }
  const child = await startChild({ name: 'the web app', command: process.execPath, args, cwd: root, env, log })
  await readyOrExit(child, untilHealthy(`http://${reachable(host)}:${port}/api/health`, child.exited), lines)
  return child
}

function mode(isDev: boolean | undefined): 'development' | 'production' {
  return isDev ? 'development' : 'production'
}

/** An address one can connect to: those that listen everywhere are reached on the loopback. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function untilHealthy(url: string, exited: Promise<unknown>) {
  let hasExited = false
  exited.then(() => {
    hasExited = true
  })
  while (!hasExited) {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
