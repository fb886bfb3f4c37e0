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

/** The garbage of many small tasks would else grow the young generation of each thread to three times 16 MiB. */
const memory = '--max-semi-space-size=4'

/** glibc would else keep freed buffers in an arena for each of many threads. */
const allocator = { MALLOC_ARENA_MAX: '2' }

/** Starts the worker, from its bundle where one was built; resolves when it polls. */
export async function startWorker({ env, log, isDev, bundle }: AppPartOptions & { bundle?: string }): Promise<Child> {
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
    : [memory, ...(bundle === undefined ? ['--import', 'tsx', entry] : [bundle])]
  const options = {
    name: 'the worker',
    command: process.execPath,
    args,
    cwd: root,
    env: { ...allocator, ...env },
    log: remember,
  }
  const child = await startChild({ ...options, stopGraceMs: 30_000 })
  await readyOrExit(child, ready, lines)
  return child
}
