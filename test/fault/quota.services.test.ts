/** Tasks that find no room in the cluster wait without holding a worker's place, and are told of once. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { type FreshDatabase, freshDatabase } from '../harness/database'
import { Engine } from '../harness/engine'
import { loadKubeConfig, testKubeconfig } from '../harness/kubernetes'
import { freshNamespace } from '../harness/namespace'

const kubeconfig = testKubeconfig()

describe.skipIf(kubeconfig === undefined)('with two places of a worker and one pod', () => {
  let database: FreshDatabase
  let engine: Engine
  let folder: string
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  const namespace = () => `millrace-test-${database.tenantId}`

  beforeAll(async () => {
    database = await freshDatabase()
    folder = await mkdtemp(join(tmpdir(), 'millrace-policy-'))
    const policy = join(folder, 'policy.yaml')
    await writeFile(policy, 'all: { cluster: { pods: 1, nodeSelector: true } }')
    const { address, namespace: temporalNamespace } = await freshNamespace()
    engine = await Engine.start({
      databaseUrl: database.url,
      tenantId: database.tenantId,
      temporalAddress: address,
      namespace: temporalNamespace,
      env: {
        MILLRACE_POLICY: 'hosted',
        MILLRACE_RUNNER_POLICY: policy,
        MILLRACE_TASK_SLOTS: 2,
        MILLRACE_KUBECONFIG: kubeconfig!,
        MILLRACE_KUBERNETES_PREFIX: 'millrace-test',
        MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
      },
    })
  }, 120_000)
  afterAll(async () => {
    await cluster()
      .core.deleteNamespace({ name: namespace() })
      .catch(() => undefined)
    await engine?.stop()
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  }, 120_000)

  function start(id: string, commands: string[], more: JsonObject = {}): Promise<string> {
    const type = 'io.kestra.plugin.scripts.shell.Commands'
    const tasks = [{ id, type, containerImage: 'busybox:1', commands, ...more }]
    return engine.startExecution(JSON.stringify({ id, namespace: 'company.team', tasks }))
  }
  async function waitForLogLike(executionId: string, part: string): Promise<void> {
    const { tenantId } = database
    const where = { tenantId, executionId, message: { contains: part } }
    await expect.poll(() => engine.db.log.count({ where }), { timeout: 60_000, interval: 200 }).toBeGreaterThan(0)
  }
  async function kill(executionId: string) {
    await engine.handle(executionId).signal('kill')
    await engine.result(executionId)
    return engine.read(executionId)
  }

  test('others run meanwhile; one attempt, one line of log; kill and timeout end the wait', async () => {
    const first = await start('first', ['echo ready', 'sleep 3000'])
    await engine.waitForLog(first, 'ready')
    const [patient, hasty, unwanted] = await Promise.all([
      start('patient', ['echo done'], { retry: { type: 'constant', interval: 'PT1S', maxAttempts: 2 } }),
      start('hasty', ['echo done'], { timeout: 'PT30S' }),
      start('unwanted', ['echo done']),
    ])
    for (const id of [patient, hasty, unwanted]) await waitForLogLike(id, 'does not run yet')
    const other = { id: 'set', type: 'io.kestra.plugin.core.kv.Set', key: 'k', value: 'v' }
    const beside = await engine.run(JSON.stringify({ id: 'beside', namespace: 'company.team', tasks: [other] }))
    expect(beside.state).toBe('SUCCESS')

    const killed = await kill(unwanted)
    expect([killed.state, killed.taskRuns[0]?.state]).toEqual(['KILLED', 'KILLED'])
    await engine.result(hasty)
    const late = await engine.read(hasty)
    expect(late.state).toBe('FAILED')
    expect(late.logs.at(-1)?.message).toBe('The task took longer than its timeout of PT30S')

    await kill(first)
    await engine.result(patient)
    const ended = await engine.read(patient)
    expect(ended.state).toBe('SUCCESS')
    expect(ended.taskRuns[0]?.attempts).toEqual([['CREATED', 'RUNNING', 'SUCCESS']])
    const messages = ended.logs.map(({ message }) => message)
    expect(messages.filter(message => message.includes('does not run yet'))).toHaveLength(1)
    expect(new Set(messages).size).toBe(messages.length)
  }, 240_000)

  test('one that no node has room for keeps its Job, until it is killed', async () => {
    const lost = { type: 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes', nodeSelector: { no: 'such' } }
    const id = await start('lost', ['echo done'], { taskRunner: lost })
    await waitForLogLike(id, 'Unschedulable')
    const jobs = async () => (await cluster().batch.listNamespacedJob({ namespace: namespace() })).items.length
    await expect.poll(jobs).toBe(1)
    const killed = await kill(id)
    expect([killed.state, killed.taskRuns[0]?.state]).toEqual(['KILLED', 'KILLED'])
    await expect.poll(jobs, { timeout: 60_000, interval: 500 }).toBe(0)
  }, 180_000)
})
