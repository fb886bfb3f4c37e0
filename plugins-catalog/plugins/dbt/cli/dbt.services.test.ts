import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskError } from '#language/define-plugin'
import { pythonTools } from '../../../../test/harness/python-tools'
import { type ScriptHarness, startScriptHarness } from '../../../../test/harness/script-context'
import build from './build/plugin'
import runBuild from './build/run'
import dbtCli from './dbt-cli/plugin'
import runDbtCli from './dbt-cli/run'

/** The last versions that PyPI has as wheels: later ones download their parser from elsewhere. */
const programs = await pythonTools('dbt', ['dbt-core==1.10.23', 'dbt-duckdb==1.10.1'])

const profiles = `shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: shop.duckdb }
`
const project = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
  'models/orders.sql': 'select 1 as id, 10 as amount union all select 2, 20',
  'models/total.sql': "select sum(amount) as total from {{ ref('orders') }}",
  'models/schema.yml': `models:
  - name: total
    columns:
      - name: total
        data_tests: [{ accepted_values: { arguments: { values: [30] } } }]
`,
}

describe.skipIf(programs === null)('dbt on DuckDB', () => {
  let harness: ScriptHarness
  beforeAll(async () => {
    harness = await startScriptHarness()
  })
  afterAll(() => harness.stop())

  const common = () => ({
    taskRunner: { type: 'io.kestra.plugin.core.runner.Process' },
    env: { PATH: `${programs}:/usr/bin:/bin`, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    profiles,
    inputFiles: project,
  })
  const runCli = (properties: Record<string, unknown>) => {
    harness.logs.length = 0
    harness.metrics.length = 0
    return runDbtCli(harness.ctx, dbtCli.properties.parse({ ...common(), ...properties }) as never)
  }

  test('builds models whose rows are right', async () => {
    const count = `import duckdb; total = duckdb.connect("shop.duckdb").sql("select total from total").fetchall()[0][0]
print('::{"outputs": {"total": %d}}::' % total)`
    const outputs = await runCli({
      commands: ['dbt build', 'python count.py'],
      inputFiles: { ...project, 'count.py': count },
    })
    expect(outputs).toMatchObject({ exitCode: 0, vars: { total: 30 } })
    expect(Object.keys(outputs.outputFiles as object).sort()).toEqual(['manifest.json', 'run_results.json'])
    const said = harness.logs.map(({ message }) => message)
    expect(said).toContainEqual(expect.stringMatching(/^Found 2 models, 1 test/))
    expect(said).toContainEqual(expect.stringMatching(/^model\.shop\.total => success in/))
    expect(said.filter(message => message.startsWith('{'))).toEqual([])
    expect(harness.metrics).toContainEqual({ name: 'pass', type: 'counter', value: 3 })
  }, 300_000)

  test('a test that fails names its node', async () => {
    const inputFiles = { ...project, 'models/schema.yml': project['models/schema.yml'].replace('[30]', '[31]') }
    const failure: TaskError = await runCli({ commands: ['dbt build'], inputFiles }).catch(error => error)
    expect(failure.message).toMatch(
      /^test\.shop\.accepted_values_total\S+ => fail in \S+ s \(1 failure\): Got 1 result/,
    )
    expect(failure.outputs).toMatchObject({ exitCode: 1, outputFiles: { 'run_results.json': expect.any(String) } })
    expect(harness.metrics).toContainEqual({ name: 'error', type: 'counter', value: 1 })
  }, 300_000)

  test('the task of one command', async () => {
    harness.logs.length = 0
    const inFolder = Object.fromEntries(Object.entries(project).map(([name, content]) => [`dbt/${name}`, content]))
    const task = { ...common(), inputFiles: inFolder, dbtPath: 'dbt', projectDir: 'dbt', select: ['orders'] }
    await runBuild(harness.ctx, build.properties.parse(task) as never)
    const ended = harness.logs.map(({ message }) => message).filter(message => message.includes(' => '))
    expect(ended).toEqual([expect.stringMatching(/^model\.shop\.orders => success/)])
  }, 300_000)
})
