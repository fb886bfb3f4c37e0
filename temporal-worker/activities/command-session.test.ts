import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CommandSession } from '#language/define-plugin'
import { canStartDocker, startDocker } from '../../test/harness/docker'
import { createDockerRunner } from '../runners/docker'
import { localPolicy } from '../runners/policy'
import { createProcessRunner } from '../runners/process'
import type { Runner } from '../runners/runner'
import { type CommandScope, type CommandSessions, createCommandSessions } from './command-session'
import { createWorkFolders } from './command-session/work-folders'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-session-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

function openSessions(runners: Runner[] = [createProcessRunner({ instance: randomUUID() })]): CommandSessions {
  return createCommandSessions({
    runners,
    policyOf: async () => localPolicy,
    folders: createWorkFolders(join(root, 'work')),
  })
}

function createScope(more: Partial<CommandScope> = {}) {
  const logs: string[] = []
  const stored: Record<string, string> = {}
  const scope: CommandScope = {
    key: { tenantId: 'acme', executionId: randomUUID(), taskRunId: randomUUID(), attempt: 1 },
    labels: {},
    log: (level, message) => logs.push(`${level} ${message}`),
    metric: () => {},
    storage: {
      async put(name, content) {
        stored[name] = (await buffer(content as never)).toString()
        return `kestra:///${name}`
      },
    },
    signal: new AbortController().signal,
    ...more,
  }
  return { scope, logs, stored }
}

function run(session: CommandSession, script: string, outputFiles: string[] = []) {
  return session.run({ image: 'busybox:1', command: ['/bin/sh', '-c', script], env: {}, outputFiles })
}

const process = { type: 'io.kestra.plugin.core.runner.Process' }

test('what a runner keeps for a tenant is noted once, before it makes it; a worker without such a runner can not look', async () => {
  const plain = createProcessRunner({ instance: randomUUID() })
  const keeper: Runner = { ...plain, forgetTenant: async () => true }
  const noted: string[] = []
  const sessions = createCommandSessions({
    runners: [keeper],
    policyOf: async () => localPolicy,
    folders: createWorkFolders(join(root, 'work')),
    noteKept: async tenantId => void noted.push(tenantId),
  })
  for (let opened = 0; opened < 2; opened++) await (await sessions.open(createScope().scope, process)).close()
  expect(noted).toEqual(['acme'])
  expect(await sessions.forgetTenant('acme')).toEqual({ found: 1, hasLooked: true })
  expect(await openSessions().forgetTenant('acme')).toEqual({ found: 0, hasLooked: false })
})

describe('a session', () => {
  test('falls back to a process with a warning where no Docker daemon answers', async () => {
    const docker = createDockerRunner({
      instance: 'x',
      docker: new (await import('dockerode')).default({ socketPath: join(root, 'no.sock') }),
    })
    const { scope, logs } = createScope()
    const session = await openSessions([createProcessRunner({ instance: 'x' }), docker]).open(scope, undefined)
    expect(logs).toEqual([expect.stringMatching(/^WARN .*no Docker daemon answers/)])
    expect(await run(session, 'echo fine')).toMatchObject({ exitCode: 0 })
    expect(logs.at(-1)).toBe('INFO fine')
  })

  test('refuses an unknown task runner', async () => {
    await expect(openSessions().open(createScope().scope, { type: 'com.example.Runner' })).rejects.toThrow(
      /Unknown task runner/,
    )
  })

  test('ends at its deadline', async () => {
    const { scope } = createScope({ timeoutMs: 200 })
    const session = await openSessions().open(scope, process)
    expect(await run(session, 'sleep 60')).toMatchObject({ reason: 'deadline' })
  })

  test('removes its folder after its run, and when it never runs', async () => {
    const sessions = openSessions()
    const ran = await sessions.open(createScope().scope, process)
    await run(ran, 'true')
    const unused = await sessions.open(createScope().scope, process)
    await writeFile(join(unused.hostDir, 'input'), 'x')
    expect(await readdir(join(root, 'work/tasks'))).toHaveLength(1)
    await unused.close()
    await unused.close()
    expect(await readdir(join(root, 'work/tasks'))).toEqual([])
  })

  test('leaves a shared folder in place, without what belongs to one task', async () => {
    const folder = join(root, 'shared')
    await mkdir(folder)
    const sessions = openSessions()
    const first = createScope({ folder })
    const session = await sessions.open(first.scope, process)
    await writeFile(join(folder, 'millrace_script.py'), '')
    await run(session, 'echo one > one.txt; echo kept > .outputs/kept.txt')
    const second = createScope({ folder })
    const result = await run(await sessions.open(second.scope, process), 'cat one.txt; echo two > .outputs/two.txt')
    expect(Object.keys(result.outputFiles)).toEqual(['two.txt'])
    expect(second.logs.at(-1)).toBe('INFO one')
    expect(await readdir(folder)).toEqual(['one.txt'])
  })

  test('sweeps the folders of task runs that nobody works on', async () => {
    const sessions = openSessions()
    const dead = createScope()
    const live = createScope()
    await sessions.open(dead.scope, process)
    const session = await sessions.open(live.scope, process)
    expect(await sessions.sweep(async () => false)).toBe(0)
    const nextWorker = openSessions()
    expect(await nextWorker.sweep(async key => key.taskRunId === live.scope.key.taskRunId)).toBe(1)
    await writeFile(join(session.hostDir, 'still-there'), '')
  })

  test('stores files as streams, named safely, and never what belongs to the plugin', async () => {
    const { scope, stored } = createScope()
    const session = await openSessions().open(scope, process)
    await writeFile(join(session.hostDir, 'millrace_script.sh'), 'secret')
    const result = await run(
      session,
      `head -c 3000000 /dev/zero | tr '\\0' a > big.txt; mkdir a b; echo 1 > a/x.txt; echo 2 > b/x.txt; echo 3 > 'ü ?.txt'`,
      ['**'],
    )
    expect(Object.keys(result.outputFiles)).toEqual(['a/x.txt', 'b/x.txt', 'big.txt', 'ü ?.txt'])
    expect(stored['big.txt']).toHaveLength(3_000_000)
    expect(Object.keys(stored).every(name => /^[\w.-]+$/.test(name))).toBe(true)
  })
})

describe.skipIf(!canStartDocker())('a session in a container', () => {
  test('runs with files, outputs and a shared folder, copied or mounted', async () => {
    const daemon = await startDocker()
    try {
      await daemon.importImage('busybox:1')
      for (const sharesFiles of [true, false]) {
        const folder = await mkdtemp(join(root, 'shared-'))
        const options = { instance: randomUUID(), docker: daemon.docker, sharesFiles }
        const sessions = openSessions([createDockerRunner(options)])
        const first = createScope({ folder })
        const session = await sessions.open(first.scope, undefined)
        await writeFile(join(session.hostDir, 'in.txt'), 'input\n')
        const result = await run(session, `cat in.txt; echo one > one.txt; echo '::{"outputs": {"a": 1}}::'`, [
          'one.txt',
        ])
        expect(result).toMatchObject({ exitCode: 0, vars: { a: 1 }, outputFiles: { 'one.txt': 'kestra:///one.txt' } })
        expect(first.logs).toContain('INFO input')
        const second = createScope({ folder })
        await run(await sessions.open(second.scope, undefined), 'cat one.txt; echo more > more.txt')
        expect(second.logs.at(-1)).toBe('INFO one')
        expect(await readFile(join(folder, 'more.txt'), 'utf8')).toBe('more\n')
      }
      expect(await daemon.docker.listContainers({ all: true })).toEqual([])
    } finally {
      await daemon.stop()
    }
  }, 120_000)
})
