import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

const value = (path: string) => `import { thing } from '${path}'\nconsole.log(thing)\n`
const type = (path: string) => `import type { thing } from '${path}'\nexport type Mine = thing\n`

/** [file, what it imports, the rule that refuses it; null: allowed] */
const cases: [string, string, string | null][] = [
  ['plugins-catalog/language/a.ts', value('../../prisma/tenant-db'), 'language-is-a-leaf'],
  ['plugins-catalog/language/b.ts', value('../manifests'), 'language-is-a-leaf'],
  ['plugins-catalog/language/c.ts', value('node:fs'), 'language-is-pure'],
  ['plugins-catalog/language/d.ts', type('node:stream'), null],
  [
    'plugins-catalog/plugins/core/log/run.ts',
    value('../../../../prisma/tenant-db'),
    'plugin-knows-language-and-itself',
  ],
  ['plugins-catalog/plugins/core/log/plugin.ts', value('./run'), 'manifest-is-browser-safe'],
  ['plugins-catalog/plugins/core/flow/plugin.ts', value('../../../language/plan'), null],
  ['temporal-worker/workflows/a.ts', value('../activities/thing'), 'workflow-sees-plans-types'],
  ['temporal-worker/workflows/b.ts', type('../activities/thing'), null],
  ['temporal-worker/workflows/c.ts', value('../../prisma/tenant-db'), 'workflow-sees-plans'],
  ['temporal-worker/workflows/d.ts', value('node:crypto'), 'workflow-is-deterministic'],
  ['temporal-worker/runners/a.ts', value('../../prisma/tenant-db'), 'runner-knows-itself'],
  ['temporal-worker/activities/a.ts', value('../../web/server/thing'), 'worker-knows-no-web'],
  ['temporal-worker/activities/b.ts', value('../../prisma/tenant-db'), null],
  ['temporal-worker/activities/c.ts', value('../../prisma/client'), 'raw-client-is-rare'],
  ['web/server/flows/a.ts', value('../../../temporal-worker/activities/thing'), 'server-sees-the-contract'],
  ['web/server/flows/b.ts', value('../../../temporal-worker/contract'), null],
  ['web/server/flows/c.ts', value('../../../prisma/client'), 'raw-client-is-rare'],
  ['web/server/flows/d.ts', value('../../../plugins-catalog/runs'), 'server-sees-the-contract'],
  ['web/server/flows/e.ts', value('../../../prisma/tenant-db'), null],
  ['web/components/a.tsx', value('../server/thing'), 'browser-sees-no-server-types'],
  ['web/components/b.tsx', type('../server/thing'), null],
  ['web/components/c.tsx', value('../../prisma/tenant-db'), 'browser-sees-no-server'],
  ['web/app/x/XPage.tsx', value('../../../prisma/tenant-db'), 'pages-see-no-database'],
  ['prisma/a.ts', value('../web/server/thing'), 'prisma-knows-itself'],
  ['prisma/b.ts', value('../test/harness/thing'), 'only-tests-import-tests'],
  ['prisma/b.test.ts', value('../test/harness/thing'), null],
  ['infra/local/a.ts', value('./missing'), 'resolvable'],
  ['infra/local/circle.ts', value('./circle-back'), 'no-circle'],
]

const targets = [
  'plugins-catalog/manifests.ts',
  'plugins-catalog/runs.ts',
  'plugins-catalog/language/plan.ts',
  'temporal-worker/contract.ts',
  'temporal-worker/activities/thing.ts',
  'web/server/thing.ts',
  'prisma/client.ts',
  'prisma/tenant-db.ts',
  'test/harness/thing.ts',
]

type Violation = { from: string; rule: { name: string } }

describe('import rules', () => {
  let dir: string
  let violations: Violation[]

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'millrace-rules-'))
    for (const target of targets) write(target, 'export const thing = 1\nexport type thing = string\n')
    write('infra/local/circle-back.ts', `${value('./circle')}export const back = 1\n`)
    write('tsconfig.json', '{}')
    for (const [file, text] of cases) write(file, `${text}export const thing = 1\n`)
    violations = cruise(dir)
  }, 60_000)

  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  function write(file: string, text: string) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), text)
  }

  test.each(cases.filter(([file]) => file !== 'infra/local/circle.ts'))('%s: %j -> %s', (file, _text, rule) => {
    const found = violations.filter(violation => violation.from === file).map(violation => violation.rule.name)
    if (rule === null) expect(found).toEqual([])
    else expect(found).toContain(rule)
  })

  test('modules in a circle', () => {
    expect(violations.map(violation => violation.rule.name)).toContain('no-circle')
  })
})

function cruise(dir: string): Violation[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const rooms = [...new Set(cases.map(([file]) => file.split('/')[0] as string))]
  const args = [program, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', ...rooms]
  try {
    return JSON.parse(execFileSync(process.execPath, args, { cwd: dir, encoding: 'utf8' })).summary.violations
  } catch (error) {
    // It exits with the number of violations.
    return JSON.parse((error as { stdout: string }).stdout).summary.violations
  }
}
