import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#infra/local/build'
import { freePort } from '#infra/local/free-port'

/** `npm start` as a person and a container know it. One story: each test goes on where the last ended. */

const bootstrap = {
  MILLRACE_BOOTSTRAP_EMAIL: 'admin@example.com',
  MILLRACE_BOOTSTRAP_PASSWORD: 'long enough',
  MILLRACE_BOOTSTRAP_TENANT: 'main',
  MILLRACE_BOOTSTRAP_TOKEN: 'a-token-of-my-choice',
}
let dir: string
let port: number
let stack: Started

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'millrace-start-'))
  port = await freePort()
})

afterAll(async () => {
  stack?.child.kill('SIGTERM')
  await stack?.exited
  await rm(dir, { recursive: true, force: true })
}, 60_000)

type Started = { child: ChildProcess; exited: Promise<unknown>; output(): string; says(text: string): Promise<void> }

function start(options: { args?: string[]; env?: Record<string, string> } = {}): Started {
  const { args = ['--port', String(port), '--data', dir], env } = options
  const { DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, STORAGE_URL, ...inherited } = process.env
  const child = spawn(process.execPath, ['infra/local/run.mjs', 'infra/local/start.ts', ...args], {
    cwd: root,
    env: { ...inherited, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (text += chunk))
  const exited = once(child, 'exit')
  return {
    child,
    exited,
    output: () => text,
    async says(wanted) {
      const said = () => text.includes(wanted) || child.exitCode !== null
      await expect.poll(said, { timeout: 240_000, interval: 200 }).toBe(true)
      expect(text).toContain(wanted)
    },
  }
}

function call(path: string): Promise<Response> {
  const authorization = `Bearer ${bootstrap.MILLRACE_BOOTSTRAP_TOKEN}`
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } })
}

/** Processes of this machine whose command line names our data folder or whose supervisor we are. */
async function leftOver(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter(line => line.includes(dir))
}

async function pidOf(part: string): Promise<number> {
  const children = await readFile(`/proc/${stack.child.pid}/task/${stack.child.pid}/children`, 'utf8')
  for (const pid of children.trim().split(' ')) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(part)) return Number(pid)
  }
  throw new Error(`${part} does not run`)
}

test('one command brings everything up, and says how long each step took', { timeout: 300_000 }, async () => {
  stack = start({ env: bootstrap })
  await stack.says(`Millrace runs at http://localhost:${port}`)
  for (const step of ['Postgres', 'Migrations', 'Temporal', 'Web build', 'Worker', 'Web app']) {
    expect(stack.output()).toMatch(new RegExp(`✓ ${step} +\\d+\\.\\d s`))
  }
  expect((await call('/api/v1/main/flows/search')).status).toBe(200)
})

test('a second start in the folder, or on the port, is told what is there', { timeout: 300_000 }, async () => {
  const again = start()
  expect(await again.exited).toEqual([1, null])
  expect(again.output()).toContain(
    `Millrace already runs in ${dir} (process ${stack.child.pid}, http://localhost:${port})`,
  )

  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : 0
  const busy = start({ args: ['--port', String(taken), '--data', join(dir, 'other')] })
  expect(await busy.exited).toEqual([1, null])
  expect(busy.output()).toContain(`Port ${taken} is taken`)
  server.close()
})

test('a bad variable is named before anything starts', { timeout: 300_000 }, async () => {
  const bad = start({ args: ['--data', join(dir, 'other')], env: { MILLRACE_SECRET: 'short', TEMPORAL_ADDRESS: 'x' } })
  expect(await bad.exited).toEqual([1, null])
  expect(bad.output()).toContain('MILLRACE_SECRET must have at least 32 characters')
  expect(bad.output()).toContain('TEMPORAL_ADDRESS must be host:port')
})

test.each([
  ['worker', 'cache/worker-'],
  ['web', 'next'],
  ['postgres', 'bin/postgres'],
  ['temporal', '/temporal'],
])('a crash of %s is said, and it is started again', { timeout: 300_000 }, async (name, commandLine) => {
  process.kill(await pidOf(commandLine), 'SIGKILL')
  await stack.says(`! ${name} ended (SIGKILL)`)
  await stack.says(`✓ ${name} runs again`)
  await expect.poll(async () => (await call('/api/v1/main/flows/search')).status, { timeout: 60_000 }).toBe(200)
})

test('Ctrl-C ends all of it, and a second start keeps all data', { timeout: 300_000 }, async () => {
  stack.child.kill('SIGINT')
  expect(await stack.exited).toEqual([0, null])
  expect(stack.output()).toContain('All data is kept.')
  expect(await leftOver()).toEqual([])

  stack = start()
  await stack.says(`Millrace runs at http://localhost:${port}`)
  expect((await call('/api/v1/main/flows/search')).status).toBe(200)
})

test('a supervisor that is killed leaves nothing running', { timeout: 120_000 }, async () => {
  stack.child.kill('SIGKILL')
  await stack.exited
  await expect.poll(leftOver, { timeout: 60_000 }).toEqual([])
})
