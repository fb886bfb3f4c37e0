/** What users' code does wrong or on purpose harms its own task: one that does its work beside it ends well. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { installationName } from '#worker/create-runners'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { findMarked } from '#worker/runners/process-marks'
import { type FreshDatabase, freshDatabase } from '../harness/database'
import { Engine, type RecordedExecution } from '../harness/engine'
import { loadKubeConfig, testKubeconfig } from '../harness/kubernetes'
import { freshNamespace } from '../harness/namespace'

const kubeconfig = testKubeconfig()
const shell = 'io.kestra.plugin.scripts.shell.Commands'
const kubernetes = {
  type: 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes',
  waitUntilRunning: 'PT15S',
  resources: { request: { cpu: '20m', memory: '16Mi' }, limit: { cpu: '500m', memory: '48Mi' } },
}
const processes = { type: 'io.kestra.plugin.core.runner.Process' }

let database: FreshDatabase
let engine: Engine
let folder: string

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'millrace-policy-'))
  const policy = join(folder, 'policy.yaml')
  await writeFile(policy, 'all: { cluster: { pods: 20 } }')
  const { address, namespace } = await freshNamespace()
  engine = await Engine.start({
    databaseUrl: database.url,
    tenantId: database.tenantId,
    temporalAddress: address,
    namespace,
    env: {
      MILLRACE_RUNNER_POLICY: policy,
      MILLRACE_KUBECONFIG: kubeconfig,
      MILLRACE_KUBERNETES_PREFIX: 'millrace-test',
      MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
    },
  })
}, 120_000)
afterAll(async () => {
  if (kubeconfig !== undefined) {
    const name = `millrace-test-${database.tenantId}`
    const { core } = connectCluster(loadKubeConfig(kubeconfig))
    await core.deleteNamespace({ name }).catch(() => undefined)
  }
  await engine?.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

type Row = [what: string, task: JsonObject, state: string, told: RegExp]

/** Runs all at once, and a good task beside them; answers what each told last of itself. */
async function runBeside(taskRunner: JsonObject, rows: Row[]) {
  const run = (index: number, task: JsonObject) => {
    const tasks = [{ id: 'task', type: shell, taskRunner, containerImage: 'busybox:1', ...task }]
    return engine.run(JSON.stringify({ id: `bad-${index}`, namespace: 'company.team', tasks }))
  }
  const good = { commands: ['for i in 1 2 3 4 5; do echo round $i; sleep 1; done'] }
  const [beside, ...ended] = await Promise.all([run(0, good), ...rows.map(([, task], index) => run(index + 1, task))])
  return { beside, ended }
}

function summary({ state, logs }: RecordedExecution): string {
  return `${state}: ${logs.map(({ message }) => message).join('\n')}`
}

/** Many at once, yet not without end: the machine of the tests has other tenants, too. */
const manyProcesses = 'i=0; while [ $i -lt $MANY ]; do sleep 1000 & i=$((i+1)); done; wait'
const leftBehind = '(trap "" TERM HUP; sleep 98765) & echo started'

function check(rows: Row[], { beside, ended }: Awaited<ReturnType<typeof runBeside>>): void {
  expect(summary(beside)).toMatch(/^SUCCESS: [\s\S]*round 5/)
  for (const [index, [what, , state, told]] of rows.entries()) {
    const said = summary(ended[index]!)
    expect(said, what).toMatch(new RegExp(`^${state}: `))
    expect(said, what).toMatch(told)
  }
}

test('processes of this machine', async () => {
  const rows: Row[] = [
    ['memory bomb', { commands: ['ulimit -v 200000; tail /dev/zero'] }, 'FAILED', /memory exhausted/],
    ['fork bomb', { commands: [manyProcesses], env: { MANY: '300' }, timeout: 'PT4S' }, 'FAILED', /timeout of PT4S/],
    ['full disk', { commands: ['dd if=/dev/zero of=/dev/full bs=9 count=1'] }, 'FAILED', /No space left on device/],
    ['no such command', { commands: ['no-such-command'] }, 'FAILED', /not found[\s\S]*exit code 127/],
    [
      'no such program',
      { commands: ['true'], interpreter: ['/no/such/sh', '-c'] },
      'FAILED',
      /not found on this machine/,
    ],
    ['left behind', { commands: [leftBehind] }, 'SUCCESS', /started/],
  ]
  check(rows, await runBeside(processes, rows))
  await expect.poll(() => findMarked(installationName(database.url))).toEqual([])
}, 180_000)

describe.skipIf(kubeconfig === undefined)('on a cluster', () => {
  test('pods', async () => {
    const rows: Row[] = [
      ['memory bomb', { commands: ['tail /dev/zero'] }, 'FAILED', /ran out of memory/],
      [
        'fork bomb',
        { commands: [manyProcesses], env: { MANY: '5000' }, timeout: 'PT25S' },
        'FAILED',
        /ran out of memory|timeout of PT25S|can't fork/,
      ],
      ['full disk', { commands: ['dd if=/dev/zero of=/dev/full bs=9 count=1'] }, 'FAILED', /No space left on device/],
      ['no such image', { commands: ['true'], containerImage: 'no-such-image:1' }, 'FAILED', /image can't be used/],
      ['no such command', { commands: ['no-such-command'] }, 'FAILED', /not found[\s\S]*exit code 127/],
      ['no such program', { commands: ['true'], interpreter: ['/no/such/sh', '-c'] }, 'FAILED', /not found there/],
      ['left behind', { commands: [leftBehind] }, 'SUCCESS', /started/],
    ]
    check(rows, await runBeside(kubernetes, rows))
    const { batch } = connectCluster(loadKubeConfig(kubeconfig!))
    const namespace = `millrace-test-${database.tenantId}`
    const jobs = async () => (await batch.listNamespacedJob({ namespace })).items.length
    await expect.poll(jobs, { timeout: 60_000 }).toBe(0)
  }, 240_000)
})
