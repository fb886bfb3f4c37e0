import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { manifests } from '#catalog/manifests'
import { runs } from '#catalog/runs'
import type { RunContext, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { type ScriptHarness, startScriptHarness } from '../../../test/harness/script-context'

type AnyRun = (ctx: RunContext, properties: unknown) => Promise<{ [name: string]: Json }>

const taskRunner = { type: 'io.kestra.plugin.core.runner.Process' }

let harness: ScriptHarness
beforeEach(async () => {
  harness = await startScriptHarness()
})
afterEach(() => harness.stop())

async function runTask(type: string, properties: Record<string, unknown>) {
  const manifest = manifests.find(one => one.type === type)
  const load = runs[type]
  if (manifest === undefined || load === undefined) throw new Error(`${type} is not listed`)
  const { default: run } = (await load()) as unknown as { default: AnyRun }
  return await run(harness.ctx, manifest.properties.parse({ taskRunner, ...properties }))
}

const messages = () => harness.logs.map(({ message }) => message).join('\n')

test('every folder of a language is listed', async () => {
  const folders = (await readdir(import.meta.dirname, { withFileTypes: true }))
    .filter(entry => entry.isDirectory() && !['shared', 'runner'].includes(entry.name))
    .flatMap(({ name }) => [`io.kestra.plugin.scripts.${name}.Commands`, `io.kestra.plugin.scripts.${name}.Script`])
  const listed = manifests.map(({ type }) => type).filter(type => /\.scripts\.\w+\.(Script|Commands)$/.test(type))
  expect(listed.sort()).toEqual(folders.sort())
  expect(Object.keys(runs)).toEqual(expect.arrayContaining(folders))
})

/** Which program gets which file: a stand-in prints what it was given, since few of them are on every machine. */
describe('a script is given to', () => {
  const showArguments = '#!/bin/sh\necho "$(basename "$0") $*"\nfor last; do :; done\ncat "$last" 2>/dev/null || true\n'

  test.each([
    ['python', 'python', /^python \S+\/millrace_script\.py$/m],
    ['node', 'node', /^node \S+\/millrace_script\.js$/m],
    ['r', 'Rscript', /^Rscript \S+\/millrace_script\.R$/m],
    ['ruby', 'ruby', /^ruby \S+\/millrace_script\.rb$/m],
    ['julia', 'julia', /^julia \S+\/millrace_script\.jl$/m],
    ['go', 'go', /^go run \S+\/millrace_script\.go$/m],
    ['perl', 'perl', /^perl \S+\/millrace_script\.pl$/m],
    ['php', 'php', /^php \S+\/millrace_script\.php$/m],
    ['lua', 'lua', /^lua \S+\/millrace_script\.lua$/m],
    ['groovy', 'groovy', /^groovy \S+\/millrace_script\.groovy$/m],
    ['bun', 'bun', /^bun run \S+\/millrace_script\.ts$/m],
    ['deno', 'deno', /^deno run \S+\/millrace_script\.ts$/m],
    ['dotnet', 'dotnet-script', /^dotnet-script \S+\/millrace_script\.csx$/m],
    ['jbang', 'jbang', /^jbang --quiet \S+\/millrace_script\.java$/m],
    [
      'powershell',
      'pwsh',
      /^pwsh -NoProfile -NonInteractive -Command [\s\S]*& '\S+\/millrace_script\.ps1'; exit \$LASTEXITCODE$/m,
    ],
  ])('%s: %s', async (language, program, line) => {
    const programs = join(harness.root, 'programs')
    await mkdir(programs)
    await writeFile(join(programs, program), showArguments)
    await chmod(join(programs, program), 0o755)
    await runTask(`io.kestra.plugin.scripts.${language}.Script`, {
      env: { PATH: `${programs}:/usr/bin:/bin` },
      script: 'the code itself',
    })
    expect(messages()).toMatch(line)
    if (language !== 'powershell') expect(messages()).toContain('the code itself')
  })
})

describe('every task', () => {
  const shell = (properties: Record<string, unknown>) =>
    runTask('io.kestra.plugin.scripts.shell.Commands', { commands: ['true'], ...properties })
  const failure = (properties: Record<string, unknown>): Promise<TaskError> =>
    shell(properties).then(
      () => {
        throw new Error('it did not fail')
      },
      error => error,
    )

  test('runs beforeCommands in the same shell and renders late', async () => {
    const outputs = await shell({
      beforeCommands: ['export GREETING=hello', 'cd /tmp'],
      commands: ['echo "$GREETING $WHO $(pwd)"', 'echo {{ workingDir }} {{ outputDir }} > {{ outputFiles["a.txt"] }}'],
      env: { WHO: 'at {{ outputDir }}' },
      outputFiles: ['a.txt'],
    })
    expect(messages()).toMatch(/hello at \S+\/\.outputs \/tmp/)
    const { 'a.txt': uri } = outputs.outputFiles as Record<string, string>
    expect(await harness.read(uri)).toMatch(/^(\S+) \1\/\.outputs\n$/)
  })

  test('goes on after a failure without failFast', async () => {
    const outputs = await shell({ failFast: false, commands: ['false', 'echo went on'] })
    expect(outputs.exitCode).toBe(0)
    expect(messages()).toContain('went on')
  })

  test('uses another interpreter', async () => {
    await shell({ interpreter: ['/bin/bash', '-c'], commands: ['list=(a b c); echo "bash: $list"'] })
    expect(messages()).toContain('bash: a')
  })

  test('passes commands longer than one argument may be', async () => {
    await shell({ commands: [`: ${'x'.repeat(200_000)}`, 'echo "long enough"'] })
    expect(messages()).toContain('long enough')
  })

  test('reads structured output: outputs, metrics, logs', async () => {
    const outputs = await shell({
      commands: [
        `echo '::{"outputs": {"a": 1, "b": {"c": [true, null]}}}::'`,
        `echo '::{"outputs": {"a": 2}, "metrics": [{"name": "rows", "type": "counter", "value": 7, "tags": {"t": 1}}]}::' >&2`,
        `echo '::{"logs": [{"level": "WARNING", "message": "careful"}]}::'`,
        `echo '::{broken}::'`,
        'echo plain',
      ],
    })
    expect(outputs.vars).toEqual({ a: 2, b: { c: [true, null] } })
    expect(harness.metrics).toEqual([{ name: 'rows', type: 'counter', value: 7, tags: { t: '1' } }])
    expect(harness.logs).toContainEqual({ level: 'WARN', message: 'careful' })
    expect(harness.logs).toContainEqual({ level: 'INFO', message: 'plain' })
    expect(messages()).toMatch(/not valid structured output[\s\S]*\{broken\}/)
  })

  test('fails with its exit code, its last lines and its outputs', async () => {
    const { message, outputs } = await failure({
      commands: [`echo '::{"outputs": {"partial": 1}}::'`, 'echo kept > kept.txt', 'echo "the cause" >&2', 'exit 9'],
      outputFiles: ['*.txt'],
    })
    expect(message).toMatch(/exit code 9/)
    expect(message).toContain('the cause')
    expect(message).toMatch(/log of this task run/)
    expect(outputs).toMatchObject({ exitCode: 9, vars: { partial: 1 } })
    expect(Object.keys(outputs.outputFiles as object)).toEqual(['kept.txt'])
  })

  test('warns of a glob that matches nothing', async () => {
    await shell({ outputFiles: ['*.csv'] })
    expect(harness.logs).toContainEqual({ level: 'WARN', message: 'outputFiles: no file matches "*.csv".' })
  })

  test.each([['../outside.txt'], ['/etc/passwd'], ['a/../../b']])('refuses to keep %s', async glob => {
    expect((await failure({ outputFiles: [glob] })).message).toContain('leaves the working directory')
  })

  test('keeps odd names, and never follows a link', async () => {
    const outputs = await shell({
      commands: [
        'mkdir -p deep/er',
        `echo 1 > 'with space.txt'; echo 2 > "$(printf 'new\\nline.txt')"; echo 3 > deep/er/plain.txt; echo 4 > '[odd].txt'`,
        'ln -s /etc/passwd passwd.txt; ln -s /etc etc; mkfifo pipe.txt',
      ],
      outputFiles: ['**/*.txt', '[odd].txt'],
    })
    const files = outputs.outputFiles as Record<string, string>
    expect(Object.keys(files).sort()).toEqual(['[odd].txt', 'deep/er/plain.txt', 'new\nline.txt', 'with space.txt'])
    expect(await harness.read(files['new\nline.txt'])).toBe('2\n')
    expect(new Set(Object.values(files)).size).toBe(4)
  })

  test.each([
    [{ '../evil.txt': 'x' }, /not a file below the working directory/],
    [{ '/etc/evil.txt': 'x' }, /not a file below the working directory/],
    [{ [`${'n'.repeat(300)}.txt`]: 'x' }, /longer than 255 bytes/],
    [{ 'a.txt': 'file:///etc/passwd' }, /no file below a folder that is open to tasks/],
    [{ 'a.txt': 'kestra:///company/team/hello/executions/1/tasks/task/2/absent' }, /Can't read kestra:/],
    ['neither map nor JSON', /must be a map/],
  ])('refuses inputFiles %#', async (inputFiles, message) => {
    expect((await failure({ inputFiles })).message).toMatch(message)
  })

  test('brings files of the folders that the operator opens, and no others', async () => {
    const open = join(harness.root, 'open')
    await mkdir(open)
    await writeFile(join(open, 'a.txt'), 'of the machine')
    await writeFile(join(harness.root, 'closed.txt'), 'closed')
    await symlink(join(harness.root, 'closed.txt'), join(open, 'link.txt'))
    await shell({ inputFiles: { 'a.txt': `file://${open}/a.txt` }, commands: ['cat a.txt'] })
    expect(messages()).toContain('of the machine')
    for (const name of ['link.txt', '../closed.txt', 'absent.txt']) {
      const { message } = await failure({ inputFiles: { 'a.txt': `file://${open}/${name}` } })
      expect(message).toMatch(/no file below a folder that is open to tasks/)
    }
  })

  test('puts the path of a file with an odd name in the place of its URI', async () => {
    await harness.store('my data@1.csv', 'odd name')
    const uri = `kestra:///company/team/hello/executions/1/tasks/task/2/my%20data@1.csv`
    await shell({ commands: [`cat ${uri}; cat '${uri}'`] })
    expect(messages()).toContain('odd nameodd name')
  })

  test('brings files of namespaces', async () => {
    await shell({
      namespaceFiles: { include: ['**/*.sql', '*.py', 'only-*'], exclude: ['main.py'], namespaces: ['one', 'two'] },
      commands: ['find . -type f | sort | grep -v millrace', 'cat sql/a.sql'],
    })
    expect(messages()).toContain('./only-one.txt\n./only-two.txt\n./sql/a.sql\n# two sql/a.sql')
  })

  test('stops at the limit of its log and says so', async () => {
    await shell({
      commands: [`yes "$(head -c 1000 /dev/zero | tr '\\0' x)" | head -n 20000`, `echo '::{"outputs": {"end": 1}}::'`],
    })
    const dropped = harness.logs.filter(({ level }) => level === 'WARN')
    expect(harness.logs.length).toBeLessThan(17_000)
    expect(dropped[0]?.message).toContain('reached its limit')
    expect(dropped.at(-1)?.message).toMatch(/\d+ lines above the limit/)
  })

  test('leaves no folder behind', async () => {
    await failure({ commands: ['mkdir locked; touch locked/file; chmod 000 locked; exit 1'] })
    expect(await readdir(join(harness.root, 'work/tasks'))).toEqual([])
  })
})
