import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { contentHash } from './content-hash'
import { runToEnd } from './run-to-end'

export const root = resolve(import.meta.dirname, '../..')
const cacheDir = join(root, '.millrace/cache')
const always = ['package-lock.json', 'tsconfig.json']

/** Builds the web app where its sources have changed since it was built. Returns whether it did. */
export async function buildWeb(log: (line: string) => void): Promise<boolean> {
  const sources = [...always, 'web', 'plugins-catalog', 'prisma', 'temporal-worker', 'infra/env.ts']
  const wanted = contentHash(root, sources)
  const stamp = join(cacheDir, 'web-build')
  const built = await readFile(stamp, 'utf8').catch(() => '')
  if (built === wanted && existsSync(join(root, 'web/.next/BUILD_ID'))) return false
  const next = join(root, 'node_modules/next/dist/bin/next')
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  await rm(stamp, { force: true })
  await runToEnd('next build', { command: process.execPath, args: [next, 'build', 'web'] }, { cwd: root, env, log })
  await mkdir(cacheDir, { recursive: true })
  await writeFile(stamp, wanted)
  return true
}

/** Bundles the workflow code where it has changed; returns the file. */
export async function buildWorkflows(log: (line: string) => void): Promise<string> {
  const sources = [...always, 'temporal-worker', 'plugins-catalog/language', 'prisma/workflow-lines.ts']
  const name = `workflows-${contentHash(root, sources)}.js`
  const file = join(cacheDir, name)
  if (existsSync(file)) return file
  await mkdir(cacheDir, { recursive: true })
  const script = join(import.meta.dirname, 'build-workflows.ts')
  const args = ['--import', 'tsx', script, file]
  await runToEnd('The bundle of the workflows', { command: process.execPath, args }, { cwd: root, log })
  await removeOlder(name, /^workflows-.*\.js$/)
  return file
}

/**
 * Bundles the worker's own code where it has changed; returns the file. A worker that compiles its sources itself takes
 * some 60 MiB more for as long as it lives.
 */
export async function buildWorker(log: (line: string) => void): Promise<string> {
  const sources = [...always, 'temporal-worker', 'plugins-catalog', 'prisma', 'infra/env.ts']
  const name = `worker-${contentHash(root, sources)}.mjs`
  const file = join(cacheDir, name)
  if (existsSync(file)) return file
  await mkdir(cacheDir, { recursive: true })
  const command = join(root, 'node_modules/esbuild/bin/esbuild')
  // Whole or not at all, and in a file of its own until then: another supervisor may be building it, too.
  const made = `${file}.${randomUUID()}`
  const shape = ['--bundle', '--platform=node', '--format=esm', '--target=node20', '--packages=external']
  const args = ['temporal-worker/worker.ts', ...shape, '--log-level=warning', `--outfile=${made}`]
  await runToEnd('The bundle of the worker', { command, args }, { cwd: root, log })
  await rename(made, file)
  await removeOlder(name, /^worker-.*\.mjs$/)
  return file
}

async function removeOlder(newest: string, kind: RegExp) {
  const others = (await readdir(cacheDir)).filter(name => kind.test(name) && name !== newest)
  await Promise.all(others.map(name => rm(join(cacheDir, name), { force: true })))
}
