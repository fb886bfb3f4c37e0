import { join } from 'node:path'
import { root } from './build'
import { type Child, readyOrExit, rememberLines, startChild } from './child'

export type AppPartOptions = {
  env: NodeJS.ProcessEnv
  log: (line: string) => void
  /** Restarts or reloads on changed sources. */
  isDev?: boolean
}

const watched = ['temporal-worker/**/*', 'plugins-catalog/**/*', 'prisma/*.ts']

/** Starts the worker; resolves when it polls. */
export async function startWorker({ env, log, isDev }: AppPartOptions): Promise<Child> {
  let sayReady = () => {}
  const ready = new Promise<void>(resolve => {
    sayReady = resolve
  })
  const { log: remember, lines } = rememberLines(line => {
    if (line.trim() === 'ready') sayReady()
    log(line)
  })
  const entry = 'temporal-worker/worker.ts'
  const watch = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false']
  const args = isDev
    ? [...watch, ...watched.flatMap(pattern => ['--include', pattern]), entry]
    : ['--import', 'tsx', entry]
  const options = { name: 'the worker', command: process.execPath, args, cwd: root, env, log: remember }
  const child = await startChild({ ...options, stopGraceMs: 30_000 })
  await readyOrExit(child, ready, lines)
  return child
}
