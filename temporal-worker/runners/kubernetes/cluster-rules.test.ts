/** What the cluster itself refuses: quotas, and the manifests of infra/kubernetes. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig, type KubernetesObject, KubernetesObjectApi, type V1PodSpec } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { loadKubeConfig, testKubeconfig, testRunnerOptions } from '../../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../../test/harness/runner-kit'
import { createKubernetesRunner } from '../kubernetes'
import type { RunnerRequest } from '../runner'
import { connectCluster, reasonOf } from './cluster'

const kubeconfig = testKubeconfig()

describe.skipIf(kubeconfig === undefined)('a cluster', () => {
  const id = randomBytes(4).toString('hex')
  const tenantId = `t-${id}`
  const namespace = `millrace-test-${tenantId}`
  const system = `system-${id}`
  const admin = () => connectCluster(loadKubeConfig(kubeconfig!))
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-rules-'))
  })
  afterAll(async () => {
    await admin()
      .core.deleteNamespace({ name: namespace })
      .catch(() => undefined)
    await rm(root, { recursive: true, force: true })
  })

  async function run(script: string, more: Partial<RunnerRequest> = {}, config?: KubeConfig) {
    const request = await prepareRequest(root, script, more)
    request.key = { ...request.key, tenantId }
    const options = testRunnerOptions(`test-${id}`, kubeconfig!)
    const recorded = recordEvents()
    const runner = createKubernetesRunner({ ...options, ...(config && { config }) })
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    return { ...recorded, result }
  }

  test.each<[string, Partial<RunnerRequest['grant']>, object, RegExp]>([
    ['a pod beyond the quota', { pods: 0 }, {}, /FailedCreate: .*exceeded quota.*pods/],
    [
      'a container beyond the limit',
      { most: { cpus: 2 } },
      { resources: { limit: { cpu: '3' } } },
      /FailedCreate: .*maximum cpu usage per Container is 2/,
    ],
  ])(
    'refuses %s, and the log says so',
    async (_name, grant, options, message) => {
      const { grant: usual } = await prepareRequest(root, '')
      const more = { grant: { ...usual, ...grant }, options: { waitUntilRunning: 'PT20S', ...options } }
      const { result, notices } = await run('true', more)
      expect(result).toMatchObject({ exitCode: 125 })
      expect(notices.join('\n')).toMatch(message)
    },
    120_000,
  )

  describe('with the manifests of infra/kubernetes', () => {
    const objects = () => KubernetesObjectApi.makeApiClient(loadKubeConfig(kubeconfig!))
    const applied: KubernetesObject[] = []
    let worker: KubeConfig

    /** Under names of this test, and for its tenant alone: others use the cluster, too. */
    async function apply(file: string): Promise<void> {
      const text = await readFile(join(import.meta.dirname, '../../../infra/kubernetes', file), 'utf8')
      const own = text
        .replaceAll('millrace-system', system)
        .replaceAll('millrace-worker', `worker-${id}`)
        .replaceAll('millrace-pods', `pods-${id}`)
        .replaceAll('app.kubernetes.io/managed-by: millrace', `millrace.tenant: ${tenantId}`)
      for (const document of parseAllDocuments(own)) {
        applied.push(await objects().create(document.toJS() as KubernetesObject))
      }
    }

    beforeAll(async () => {
      await apply('worker.yaml')
      const { status } = await admin().core.createNamespacedServiceAccountToken({
        namespace: system,
        name: `worker-${id}`,
        body: { spec: { audiences: [], expirationSeconds: 3600 } },
      })
      worker = new KubeConfig()
      worker.loadFromClusterAndUser(loadKubeConfig(kubeconfig!).getCurrentCluster()!, {
        name: 'worker',
        token: status!.token,
      })
      await apply('admission.yaml')
    }, 60_000)
    afterAll(async () => {
      for (const object of applied.reverse()) await objects().delete(object)
    }, 60_000)

    const strict = {
      runAsNonRoot: true,
      runAsUser: 1000,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    }
    const main = { name: 'main', image: 'busybox:1', securityContext: strict }
    const shaped: V1PodSpec = {
      serviceAccountName: 'millrace-task',
      automountServiceAccountToken: false,
      containers: [main],
    }
    /** What the API server says to such a pod, which is not made. */
    async function refusal(spec: V1PodSpec, labels: Record<string, string> = { 'millrace.instance': 'x' }) {
      const body = { metadata: { name: 'foreign', labels }, spec }
      const made = admin().core.createNamespacedPod({ namespace, body, dryRun: 'All' })
      return await made.then(() => 'taken', reasonOf)
    }
    const shares = /share|hostNetwork|host namespaces/

    test('lets a worker run a task, and refuses what is no task', async () => {
      expect((await run('echo first', {}, worker)).result).toMatchObject({ exitCode: 0 })
      // A policy holds some time after it was made.
      await expect.poll(() => refusal(shaped, {}), { timeout: 60_000 }).toMatch(/only Millrace's own pods/)
      const { result, text } = await run(
        'cat in.txt 2>/dev/null; echo second > out.txt; echo told',
        { outputFiles: ['*.txt'] },
        worker,
      )
      expect([result.exitCode, text('stdout')]).toEqual([0, ['told']])
      const runner = createKubernetesRunner({ ...testRunnerOptions(`test-${id}`, kubeconfig!), config: worker })
      expect(await runner.sweep(async () => true)).toBe(0)
      expect(await runner.sweepTenants?.(async () => ['another'])).toBe(0)
      const cases: [V1PodSpec, RegExp][] = [
        [shaped, /^taken$/],
        [{ ...shaped, automountServiceAccountToken: true }, /carries no token/],
        [{ ...shaped, serviceAccountName: 'default' }, /runs as millrace-task/],
        [{ ...shaped, hostNetwork: true }, shares],
        [{ ...shaped, volumes: [{ name: 'node', hostPath: { path: '/' } }] }, /no other volumes|hostPath/],
        [{ ...shaped, volumes: [{ name: 'token', projected: { sources: [] } }] }, /no other volumes/],
        [
          { ...shaped, containers: [{ ...main, securityContext: { ...strict, readOnlyRootFilesystem: false } }] },
          /no root/,
        ],
        [{ ...shaped, containers: [{ ...main, ports: [{ containerPort: 80 }] }] }, /listen to nobody/],
        [
          { ...shaped, initContainers: [{ ...main, name: 'first', securityContext: { ...strict, privileged: true } }] },
          /no root|privileged/,
        ],
      ]
      for (const [spec, message] of cases) expect(await refusal(spec)).toMatch(message)
    }, 240_000)

    test('keeps a worker inside of its tenants’ namespaces', async () => {
      const outside = connectCluster(worker)
      const secret = () =>
        outside.core
          .createNamespacedSecret({ namespace: system, body: { metadata: { name: 'x' } }, dryRun: 'All' })
          .then(() => 'taken', reasonOf)
      await expect.poll(secret, { timeout: 60_000 }).toMatch(/outside of the namespaces of its tenants/)
      const made = outside.core.createNamespace({ body: { metadata: { name: `other-${id}` } }, dryRun: 'All' })
      expect(await made.then(() => 'taken', reasonOf)).toMatch(/outside of the namespaces/)
      const read = outside.core.readNamespacedSecret({ namespace: 'kube-system', name: 'x' })
      expect(await read.then(() => 'taken', reasonOf)).toMatch(/forbidden/)
    }, 120_000)
  })
})
