import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import { setTenantPlan } from '#db/tenant-plan'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine } from '../../test/harness/engine'
import { freshNamespace } from '../../test/harness/namespace'

let fresh: FreshDatabase
let folder: string
let acme: Engine
let other: Engine

beforeAll(async () => {
  fresh = await freshDatabase()
  await setTenantPlan(database(), 'acme', 'TEAM')
  await setTenantPlan(database(), 'other', 'FREE')
  folder = await mkdtemp(join(tmpdir(), 'millrace-policy-'))
  const path = join(folder, 'policy.yaml')
  await writeFile(
    path,
    'plans: { FREE: { runners: { process: [] } } }\ntenants: { acme: { limits: { cpus: 3 }, maxLogMiB: 0.001 } }\n',
  )
  const temporal = await freshNamespace()
  const common = { databaseUrl: fresh.url, temporalAddress: temporal.address, namespace: temporal.namespace }
  acme = await Engine.start({ ...common, tenantId: fresh.tenantId, env: { MILLRACE_RUNNER_POLICY: path } })
  other = await Engine.attach({ ...common, tenantId: fresh.otherTenantId })
})
afterAll(async () => {
  await other?.stop()
  await acme?.stop()
  await fresh?.drop()
  await rm(folder, { recursive: true, force: true })
})

const flow = `id: plain
namespace: company.team
tasks:
  - id: script
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    commands: ["for i in $(seq 1000); do echo line $i; done"]
`

test('two tenants of one worker have each the runners and limits of their own', async () => {
  const [of, ofOther] = await Promise.all([acme.run(flow), other.run(flow)])
  expect([of.state, ofOther.state]).toEqual(['SUCCESS', 'FAILED'])
  const said = of.logs.map(({ message }) => message)
  expect(said).toContain('Runs as a process of this machine.')
  expect(said).toContain('line 1')
  expect(said).not.toContain('line 1000')
  expect(ofOther.logs.map(({ message }) => message).join('\n')).toContain('process is not allowed here')
}, 120_000)
