import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './build'
import { startPostgres } from './postgres'

let dir: string

beforeAll(async () => {
  // Mode 700: as root, Postgres runs as a user that could not enter it.
  dir = await mkdtemp(join(tmpdir(), 'millrace-postgres-'))
})

afterAll(() => rm(dir, { recursive: true, force: true }))

const log = () => {}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('data stays over a restart, in a folder that only root may enter', async () => {
  const first = await startPostgres({ dir: join(dir, 'kept'), log })
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await startPostgres({ dir: join(dir, 'kept'), log })
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(await query(second.url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
  await second.stop()
  await expect(query(second.url, 'select 1')).rejects.toThrow()
})

test('a crash is seen, and loses nothing that was committed', async () => {
  const first = await startPostgres({ dir: join(dir, 'crash'), log })
  await query(first.url, 'create table kept as select 42 as answer')
  process.kill(first.pid, 'SIGKILL')
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' })
  const second = await startPostgres({ dir: join(dir, 'crash'), log })
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('after a crash a new server waits for what the old one ran, which may notice late that it is gone', async () => {
  const target = join(dir, 'orphans')
  const first = await startPostgres({ dir: target, log })
  const helper = Number(
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(first.pid)], { encoding: 'utf8' }).split('\n')[0],
  )
  process.kill(helper, 'SIGSTOP')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const refusals: string[] = []
  const second = await startPostgres({
    dir: target,
    log: line => {
      if (!line.includes('is still in use')) return
      if (refusals.push(line) === 1) process.kill(helper, 'SIGCONT')
    },
  })
  expect(refusals.length).toBeGreaterThan(0)
  await second.stop()
})

test('a start that fails says why', async () => {
  const running = await startPostgres({ dir: join(dir, 'one'), log })
  const port = Number(new URL(running.url).port)
  await expect(startPostgres({ dir: join(dir, 'two'), port, log })).rejects.toThrow('Address already in use')
  await running.stop()
})

test('it ends with its supervisor, even when that is killed, and the folder can be used again', async () => {
  const script = `
    import { startPostgres } from '${join(root, 'infra/local/postgres.ts')}'
    const { pid } = await startPostgres({ dir: process.argv[1], log: () => {} })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const target = join(dir, 'orphan')
  const args = ['--import', 'tsx', '--input-type=module', '-e', script, target]
  const supervisor = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: supervisor.stdout }), 'line')
  const pid = Number(line)
  expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).toContain(target)
  supervisor.kill('SIGKILL')
  await once(supervisor, 'exit')
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false)
  const again = await startPostgres({ dir: target, log })
  await again.stop()
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
