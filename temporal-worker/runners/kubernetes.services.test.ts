import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine } from '../../test/harness/engine'
import { loadKubeConfig, testKubeconfig } from '../../test/harness/kubernetes'
import { freshNamespace } from '../../test/harness/namespace'
import { createKubernetesRunner } from './kubernetes'
import { connectCluster, unless } from './kubernetes/cluster'
import { applyTenantNamespace } from './kubernetes/tenant-namespace'
import { defaultGrant } from './policy'

const kubeconfig = testKubeconfig()

describe.skipIf(kubeconfig === undefined)('an installation whose operator has a cluster', () => {
  let database: FreshDatabase
  let engine: Engine
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  const namespace = () => `millrace-test-${database.tenantId}`

  beforeAll(async () => {
    database = await freshDatabase()
    const temporal = await freshNamespace()
    engine = await Engine.start({
      databaseUrl: database.url,
      tenantId: database.tenantId,
      temporalAddress: temporal.address,
      namespace: temporal.namespace,
      env: {
        MILLRACE_POLICY: 'hosted',
        MILLRACE_KUBECONFIG: kubeconfig!,
        MILLRACE_KUBERNETES_PREFIX: 'millrace-test',
        MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
      },
    })
  })
  afterAll(async () => {
    await cluster()
      .core.deleteNamespace({ name: namespace() })
      .catch(() => undefined)
    await engine?.stop()
    await database?.drop()
  })

  test('runs scripts as Jobs whatever they ask for, with files, outputs and exit codes', async () => {
    const execution = await engine.run(`id: jobs
namespace: company.team
tasks:
  - id: make
    type: io.kestra.plugin.scripts.python.Script
    containerImage: python:3
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    outputFiles: ["*.csv"]
    script: |
      import json, os
      open("rows.csv", "w").write("a,b\\n1,2\\n")
      print("::" + json.dumps({"outputs": {"uid": os.getuid()}}) + "::")
  - id: read
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: busybox:1
    inputFiles:
      in.csv: "{{ outputs.make.outputFiles['rows.csv'] }}"
    commands:
      - cat in.csv
      - exit 3
errors:
  - id: told
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.make.vars.uid }} {{ outputs.read.exitCode }}"
`)
    expect(execution.taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)).toEqual([
      'make SUCCESS',
      'read FAILED',
      'told SUCCESS',
    ])
    expect(execution.taskRuns[2]!.outputs).toEqual({ value: '1000 3' })
    const said = execution.logs.map(({ message }) => message)
    expect(said).toContain('Runs as a Kubernetes Job by the policy of this installation.')
    expect(said).toEqual(expect.arrayContaining(['a,b', '1,2']))
    const left = await cluster().batch.listNamespacedJob({ namespace: namespace() })
    expect(left.items).toEqual([])
  }, 180_000)

  test('kills a Job with its execution', async () => {
    const id = await engine.startExecution(`id: killed
namespace: company.team
tasks:
  - id: long
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: busybox:1
    commands: ["echo ready", "sleep 1000"]
`)
    await engine.waitForLog(id, 'ready')
    await engine.handle(id).signal('kill')
    expect(await engine.result(id)).toMatchObject({ state: 'KILLED' })
    const jobs = async () => (await cluster().batch.listNamespacedJob({ namespace: namespace() })).items
    await expect.poll(jobs, { timeout: 60_000 }).toEqual([])
  }, 180_000)

  test('a namespace goes with its tenant, and no other one', async () => {
    const options = { instance: 'test', filesImage: 'busybox:1', namespacePrefix: 'millrace-test' }
    const runner = createKubernetesRunner({ ...options, config: loadKubeConfig(kubeconfig!) })
    const [gone, kept] = [crypto.randomUUID(), crypto.randomUUID()]
    const nameOf = (id: string) => `millrace-test-${id}`
    const make = (tenantId: string, id: string) =>
      applyTenantNamespace(cluster(), { instance: 'test', namespace: nameOf(id), tenantId, grant: defaultGrant })
    await make(gone, gone)
    await make('somebody-else', kept)
    try {
      expect(await runner.forgetTenant?.(gone)).toBe(true)
      expect(await runner.forgetTenant?.(kept)).toBe(false)
      expect(await runner.forgetTenant?.('nobody')).toBe(false)
      const left = await unless(404, cluster().core.readNamespace({ name: nameOf(gone) }), undefined)
      expect(left === undefined || left.metadata?.deletionTimestamp !== undefined).toBe(true)
      const other = await cluster().core.readNamespace({ name: nameOf(kept) })
      expect(other.metadata?.deletionTimestamp).toBeUndefined()
    } finally {
      await cluster().core.deleteNamespace({ name: nameOf(kept) })
    }
  })
})
