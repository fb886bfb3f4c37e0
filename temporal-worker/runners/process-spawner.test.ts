import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSpawner, type SpawnedProcess } from './process-spawner'

const place = { cwd: '/', env: { PATH: process.env.PATH ?? '' } }
const shell = (script: string) => ({ file: 'sh', args: ['-c', script], ...place })

test('tells how a process ended, and why one could not start', async () => {
  const spawner = createSpawner()
  const [ended, killed, absent] = await Promise.all([
    spawner.start(shell('exit 3')),
    spawner.start(shell('kill -9 $$')),
    spawner.start({ file: 'no-such-program', args: [], ...place }),
  ])
  expect(await (ended as SpawnedProcess).exited).toEqual({ code: 3, signal: null })
  expect(await (killed as SpawnedProcess).exited).toEqual({ code: null, signal: 'SIGKILL' })
  expect(absent).toMatchObject({ error: { code: 'ENOENT' } })
})

test('when it is lost itself, what it started is ended, its waiters are told, and another takes its place', async () => {
  const spawner = createSpawner()
  const mark = `sleep ${1_000_000 + randomInt(1_000_000)}`
  const folder = await mkdtemp(join(tmpdir(), 'millrace-spawner-'))
  const sleeping = (await spawner.start(shell(`echo $PPID > ${folder}/parent; ${mark}`))) as SpawnedProcess
  const parent = () => readFile(join(folder, 'parent'), 'utf8').then(Number, () => 0)
  await expect.poll(parent).toBeGreaterThan(0)
  process.kill(await parent(), 'SIGKILL')
  await rm(folder, { recursive: true })
  await expect(sleeping.exited).rejects.toThrow('was lost')
  await expect.poll(() => isRunning(mark)).toBe(false)
  const next = (await spawner.start(shell('exit 0'))) as SpawnedProcess
  expect(await next.exited).toMatchObject({ code: 0 })
})

/** One that is dead but not yet waited for has no arguments any more. */
const isRunning = (mark: string) => execFileSync('ps', ['-eo', 'args']).toString().includes(mark)
