import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TaskError } from '#language/define-plugin'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import { createMemoryKv } from '../../test-context'
import build from './build/plugin'
import runBuild from './build/run'
import dbtCli from './dbt-cli/plugin'
import runDbtCli from './dbt-cli/run'
import { createLineReader } from './shared/log-line'

let harness: ScriptHarness
beforeEach(async () => {
  harness = await startScriptHarness()
  harness.ctx.kv = createMemoryKv()
  await mkdir(join(harness.root, 'bin'))
  const program = join(harness.root, 'bin/dbt')
  await writeFile(program, '#!/bin/sh\necho "dbt $*"\n')
  await chmod(program, 0o755)
})
afterEach(() => harness.stop())

const common = () => ({
  taskRunner: { type: 'io.kestra.plugin.core.runner.Process' },
  env: { PATH: `${harness.root}/bin:/usr/bin:/bin` },
})
const runCli = (properties: Record<string, unknown>) =>
  runDbtCli(harness.ctx, dbtCli.properties.parse({ ...common(), ...properties }) as never)
const messages = () => harness.logs.map(({ message }) => message)

/** A stand-in tells what it was given: dbt itself has `dbt.services.test.ts`. */
describe('the command line', () => {
  test.each([
    [['dbt build'], {}, 'dbt build --log-format json --log-path logs'],
    [['dbt build'], { projectDir: 'shop' }, 'dbt build --project-dir shop --log-format json --log-path logs'],
    [
      ['dbt build --log-format text'],
      { projectDir: 'a' },
      'dbt build --log-format text --project-dir a --log-path logs',
    ],
    [['dbt build --log-path x'], { logFormat: 'NONE' }, 'dbt build --log-path x'],
    [['echo dbt'], {}, 'dbt'],
  ])('%j %j', async (commands, properties, line) => {
    await runCli({ commands, ...properties })
    expect(messages()).toContain(line)
  })

  test('of a task of one command', async () => {
    const task = { ...common(), dbtPath: 'dbt', profiles: 'shop: {}', projectDir: 'shop', select: ["it's", 'b+'] }
    const options = { debug: true, failFast: true, warnError: true, thread: 4, fullRefresh: true, target: 'prod' }
    await runBuild(harness.ctx, build.properties.parse({ ...task, ...options, selector: 's', exclude: ['c'] }) as never)
    expect(messages().join('\n')).toMatch(
      /^dbt --log-format json --debug --fail-fast --warn-error build --profiles-dir \S+\/work\/\.profile --threads 4 --full-refresh --target prod --selector s --select it's b\+ --exclude c --project-dir \S+\/work\/shop$/m,
    )
  })
})

test('profiles replace those that are there', async () => {
  await runCli({ commands: ['cat profiles.yml'], profiles: 'new: {}', inputFiles: { 'profiles.yml': 'old: {}' } })
  expect(messages()).toContain('new: {}')
  expect(messages()).not.toContain('old: {}')
})

describe('the manifest', () => {
  const entry = { key: 'shop', namespace: 'company.team' }
  const make = 'mkdir -p shop/target && echo \'{"nodes": {}}\' > shop/target/manifest.json'

  test('is kept under a key, and is there the next time', async () => {
    const outputs = await runCli({ commands: [make], projectDir: 'shop', storeManifest: entry })
    expect(await harness.read((outputs.outputFiles as Record<string, string>)['manifest.json'])).toBe('{"nodes": {}}\n')
    await runCli({ commands: ['cat shop/target/manifest.json'], projectDir: 'shop', loadManifest: entry })
    expect(messages()).toContain('{"nodes":{}}')
  })

  test('that is not there is warned of', async () => {
    await runCli({ commands: ['true'], loadManifest: entry })
    expect(harness.logs).toContainEqual({ level: 'WARN', message: expect.stringContaining('no manifest') })
  })

  test('behind a link is not taken', async () => {
    await writeFile(join(harness.root, 'manifest.json'), 'of another')
    const outputs = await runCli({ commands: [`ln -s ${harness.root} target`], storeManifest: entry })
    expect(outputs.outputFiles).toEqual({})
    expect(await harness.ctx.kv.get('shop')).toBeNull()
  })
})

describe('how nodes ended', () => {
  const results = (status: string, more: object = {}) =>
    JSON.stringify({ results: [{ unique_id: 'model.shop.a', status, execution_time: 1.234, ...more }] })
  const leave = (content: string, exit: number) => [
    `mkdir target; echo '${content}' > target/run_results.json; exit ${exit}`,
  ]

  test.each([
    ['success', {}, { level: 'INFO', message: 'model.shop.a => success in 1.23 s' }],
    [
      'fail',
      { failures: 2, message: 'two' },
      { level: 'ERROR', message: 'model.shop.a => fail in 1.23 s (2 failures): two' },
    ],
    ['warn', { failures: 1 }, { level: 'WARN', message: 'model.shop.a => warn in 1.23 s (1 failure)' }],
    ['skipped', { execution_time: null }, { level: 'INFO', message: 'model.shop.a => skipped' }],
  ])('%s', async (status, more, line) => {
    await runCli({ commands: leave(results(status, more), 0) })
    expect(harness.logs).toContainEqual(line)
  })

  test('is in the failure, and its files are kept', async () => {
    const rows = results('error', { message: 'no table', adapter_response: { rows_affected: 3 } })
    const failure: TaskError = await runCli({ commands: leave(rows, 1) }).catch(error => error)
    expect(failure.message).toMatch(/^model\.shop\.a => error in 1\.23 s: no table\nThe command failed \(exit code 1\)/)
    expect(failure.outputs).toMatchObject({ exitCode: 1, outputFiles: { 'run_results.json': expect.any(String) } })
    expect(harness.metrics).toEqual([
      { name: 'rows.affected', type: 'counter', value: 3, tags: { node: 'model.shop.a' } },
    ])
  })

  test.each([['no JSON'], ['[]']])('is told of as it can be: %s', async content => {
    const outputs = await runCli({ commands: leave(content, 0) })
    expect(harness.logs).toContainEqual({ level: 'WARN', message: expect.stringContaining('not as dbt writes it') })
    expect(Object.keys(outputs.outputFiles as object)).toEqual(['run_results.json'])
  })

  test('is left alone without parseRunResults', async () => {
    const outputs = await runCli({ commands: leave(results('success'), 0), parseRunResults: false })
    expect(outputs.outputFiles).toEqual({})
  })
})

test.each(['../other', '/etc', 'a/../../b'])('projectDir %s is refused', async projectDir => {
  await expect(runCli({ commands: ['true'], projectDir })).rejects.toThrow('not a folder below the working directory')
})

test.each([
  ['plain', undefined],
  ['{"half": ', undefined],
  ['{"info": {"level": "other", "msg": "m"}}', undefined],
  ['{"info": {"level": "warn", "msg": "\\u001b[33mcareful\\u001b[0m"}}', { level: 'WARN', message: 'careful' }],
  ['{"info": {"level": "error", "msg": "m"}, "data": {}}', { level: 'ERROR', message: 'm' }],
])('the line %s', (line, read) => {
  expect(createLineReader(() => {})(line)).toEqual(read)
})
