import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine, type RecordedExecution } from '../../test/harness/engine'
import { freshNamespace } from '../../test/harness/namespace'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'

/** A WorkingDirectory with properties, and lines of YAML for its tasks. */
function folder(id: string, properties: string, tasks: string[]): string {
  return `id: ${id}
namespace: company.team
tasks:
  - id: dir
    type: ${core}.flow.WorkingDirectory
${properties === '' ? '' : `    ${properties}\n`}    tasks:
${tasks.map(task => `      - ${task}`).join('\n')}`
}

const shell = (id: string, command: string, more = '') =>
  `{id: ${id}, type: io.kestra.plugin.scripts.shell.Commands, taskRunner: {type: ${core}.runner.Process}, commands: ["${command}"]${more}}`
const returns = (id: string, format: string) => `{id: ${id}, type: ${core}.debug.Return, format: "${format}"}`

const runsOf = ({ taskRuns }: RecordedExecution) => taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)
const linesOf = ({ logs }: RecordedExecution, level: string) =>
  logs.filter(line => line.level === level).map(({ message }) => message)

describe('a task of a WorkingDirectory', () => {
  test('can’t have the files of a later one written through a link out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'millrace-outside-'))
    const execution = await engine.run(
      folder('linked', '', [
        shell('leave', `ln -s ${outside} sub; ln -s ${outside}/made file`),
        shell('replace', 'cat file', ', inputFiles: {file: mine}'),
        shell('write', 'true', ', inputFiles: {sub/made: mine}'),
      ]),
    )
    expect(runsOf(execution)).toEqual(['dir FAILED', 'leave SUCCESS', 'replace SUCCESS', 'write FAILED'])
    expect(linesOf(execution, 'INFO')).toContain('mine')
    expect(linesOf(execution, 'ERROR').at(-1)).toMatch(/"sub\/made" can't be written: a folder of its path is a link/)
    expect(await readdir(outside)).toEqual([])
    await rm(outside, { recursive: true })
  })

  test('is tried again as its policy says, in the same folder', async () => {
    const retry = ', retry: {type: constant, interval: PT0.05S, maxAttempts: 5}'
    const execution = await engine.run(
      folder('retried', '', [
        shell('count', 'echo x >> tries; test $(wc -l < tries) -ge 3', retry),
        returns('after', 'x'),
      ]),
    )
    expect(runsOf(execution)).toEqual(['dir SUCCESS', 'count SUCCESS', 'after SUCCESS'])
    expect(execution.taskRuns[1]?.states.join(' ')).toBe(
      'CREATED RUNNING FAILED RETRYING CREATED RUNNING FAILED RETRYING CREATED RUNNING SUCCESS',
    )
    expect(execution.taskRuns[1]?.attempts.map(states => states.join(' '))).toEqual([
      'CREATED RUNNING FAILED',
      'CREATED RUNNING FAILED',
      'CREATED RUNNING SUCCESS',
    ])
  })

  test.each([
    [
      'warns after a retry',
      ', retry: {type: constant, interval: PT0.02S, maxAttempts: 3, warningOnRetry: true}',
      'test -e once || { touch once; exit 1; }',
      'WARNING',
    ],
    [
      'is allowed to fail after the last try',
      ', allowFailure: true, retry: {type: constant, interval: PT0.02S, maxAttempts: 2}',
      'exit 1',
      'WARNING',
    ],
    ['is allowed to fail, and to warn', ', allowFailure: true, allowWarning: true', 'exit 1', 'SUCCESS'],
    ['fails after the last try', ', retry: {type: constant, interval: PT0.02S, maxAttempts: 2}', 'exit 1', 'FAILED'],
    ['ends with its timeout', ', timeout: PT0.3S', 'sleep 60', 'FAILED'],
  ])('%s', async (name, properties, command, state) => {
    const execution = await engine.run(
      folder(name.replaceAll(/\W+/g, '_'), '', [shell('one', command, properties), returns('after', 'x')]),
    )
    const after = state === 'FAILED' ? [] : ['after SUCCESS']
    expect(runsOf(execution)).toEqual([`dir ${state}`, `one ${state}`, ...after])
  })

  test('keeps the lines of its level', async () => {
    const execution = await engine.run(folder('level', '', [shell('one', 'echo hello', ', logLevel: WARN')]))
    expect(execution.logs).toEqual([])
    expect(execution.state).toBe('SUCCESS')
  })

  test('may be tried again by another execution', async () => {
    const retry = ', retry: {type: constant, interval: PT0.05S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}'
    const first = await engine.run(folder('elsewhere', '', [shell('one', 'exit 1', retry)]))
    expect(first.state).toBe('RETRIED')
    const { id } = await engine.db.execution.findFirstOrThrow({ where: { parentId: first.id } })
    await engine.result(id)
    expect(runsOf(await engine.read(id))).toEqual(['dir FAILED', 'one FAILED'])
  })
})

describe('what is wrong with its properties fails it, once', () => {
  test.each([
    ['an unknown variable', 'inputFiles: {a.txt: "{{ vars.nothing }}"}', [returns('one', 'x')], /nothing/],
    ['a name outside', 'inputFiles: {../a.txt: x}', [returns('one', 'x')], /outside of the working directory/],
    ['a name that is too long', `inputFiles: {${'a'.repeat(300)}: x}`, [returns('one', 'x')], /ENAMETOOLONG/],
    ['a file that is not there', 'inputFiles: {a: "nsfile:///nothing.txt"}', [returns('one', 'x')], /There is no file/],
    ['a timeout that is none', '', [shell('one', 'true', ', timeout: "{{ flow.id }}"')], /is not a duration/],
  ])('%s', async (name, properties, tasks, message) => {
    const execution = await engine.run(folder(name.replaceAll(' ', '_'), properties, tasks))
    expect(runsOf(execution)).toEqual(['dir FAILED'])
    expect(linesOf(execution, 'ERROR').join()).toMatch(message)
  })
})

describe('its cache', () => {
  const cache = 'cache: {patterns: ["kept/**"], ttl: PT1H}'
  const tasks = [shell('one', 'mkdir -p kept; test -e kept/a || echo made; touch -a kept/a'), shell('two', 'ls kept')]
  const notes = (execution: RecordedExecution) => linesOf(execution, 'DEBUG').filter(line => line.includes('cached'))

  test('brings the files of the execution before, and is kept anew when they change', async () => {
    const first = await engine.run(folder('kept', cache, tasks))
    expect([linesOf(first, 'INFO'), notes(first)]).toEqual([
      ['made', 'a'],
      ['The cached files changed and are kept anew'],
    ])
    const second = await engine.run(folder('kept', cache, tasks))
    expect([linesOf(second, 'INFO'), notes(second)]).toEqual([
      ['a'],
      ['The cached files are put into the folder', 'The cached files did not change'],
    ])
    const third = await engine.run(folder('kept', cache, [...tasks, shell('three', 'echo more > kept/b')]))
    expect(notes(third)).toContain('The cached files changed and are kept anew')
    const last = await engine.run(folder('kept', cache, tasks))
    expect(linesOf(last, 'INFO')).toEqual(['a', 'b'])
  })

  test('is kept from a task that failed, too', async () => {
    await engine.run(folder('failed', cache, [...tasks, shell('three', 'exit 1')]))
    const second = await engine.run(folder('failed', cache, tasks))
    expect(linesOf(second, 'INFO')).toEqual(['a'])
  })
})
