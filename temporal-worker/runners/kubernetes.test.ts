import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKubeConfig, testKubeconfig, testRunnerOptions } from '../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createKubernetesRunner } from './kubernetes'
import { connectCluster } from './kubernetes/cluster'
import { jobName } from './kubernetes/job'
import { describeTenantNamespace } from './kubernetes/tenant-namespace'
import type { RunnerRequest } from './runner'

const kubeconfig = testKubeconfig()

describe.skipIf(kubeconfig === undefined)('a Job of a real cluster', () => {
  const instance = `test-${randomUUID()}`
  const tenantId = `t-${randomBytes(4).toString('hex')}`
  const options = () => testRunnerOptions(instance, kubeconfig!)
  const namespace = `millrace-test-${tenantId}`
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-k8s-'))
  })
  afterAll(async () => {
    await cluster()
      .core.deleteNamespace({ name: namespace })
      .catch(() => undefined)
    await rm(root, { recursive: true, force: true })
  })

  async function begin(script: string, more: Partial<RunnerRequest> = {}, files: Record<string, Buffer> = {}) {
    const request = await prepareRequest(root, script, more)
    request.key = { ...request.key, tenantId }
    for (const [name, content] of Object.entries(files)) await writeFile(join(request.hostDir, name), content)
    const recorded = recordEvents()
    const abort = new AbortController()
    request.grant = { ...request.grant, nodeSelector: true }
    const running = createKubernetesRunner(options()).run(request, recorded.events, abort.signal)
    return { ...recorded, request, running, abort }
  }
  async function run(script: string, more: Partial<RunnerRequest> = {}, files: Record<string, Buffer> = {}) {
    const begun = await begin(script, more, files)
    return { ...begun, result: await begun.running }
  }
  // Each test looks at its own Job: another's may still be on its way out.
  const jobOf = (request: RunnerRequest) => jobName({ instance, request })
  const jobsOf = async (request: RunnerRequest) =>
    (await cluster().batch.listNamespacedJob({ namespace })).items.filter(
      ({ metadata }) => metadata!.name === jobOf(request),
    )
  const podsOf = async (request: RunnerRequest) =>
    (await cluster().core.listNamespacedPod({ namespace, labelSelector: `job-name=${jobOf(request)}` })).items

  test('brings large files over the API server, there and back', async () => {
    const content = randomBytes(5_000_000)
    const script = 'sha256sum in.bin; cat in.bin in.bin > out.bin; ls -A'
    const { result, request, text } = await run(script, { outputFiles: ['out.bin'] }, { 'in.bin': content })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(text('stdout').slice(1)).toEqual(['.outputs', 'in.bin', 'out.bin'])
    const out = await readFile(join(request.hostDir, 'out.bin'))
    expect(out.equals(Buffer.concat([content, content]))).toBe(true)
  }, 180_000)

  // Long enough for a busy cluster to say why; they wait beside each other.
  const waitUntilRunning = 'PT40S'
  test.concurrent.each<[string, Partial<RunnerRequest>, object, RegExp]>([
    ['its image can’t be had', { image: 'localhost/no-such-image:1' }, {}, /\w*Image\w*:.*no-such-image/],
    ['no node fits', {}, { nodeSelector: { disk: 'ssd' } }, /Unschedulable: .*node/],
    [
      'the tenant’s limits forbid it',
      {},
      { resources: { limit: { cpu: '100' } } },
      /FailedCreate: .*maximum cpu usage/,
    ],
  ])(
    'says why it does not run where %s, and gives up in time',
    async (_name, more, options, expected) => {
      const { result, notices } = await run('true', { ...more, options: { waitUntilRunning, ...options } })
      expect(result).toMatchObject({ exitCode: 125, ...(more.image && { reason: 'image' }) })
      expect(notices.join('\n')).toMatch(new RegExp(`WARN The pod does not run yet: ${expected.source}`))
      expect(notices.join('\n')).toMatch(/ERROR The pod did not run within 40 s \(waitUntilRunning\): /)
    },
    180_000,
  )

  test('says that memory ran out', async () => {
    const { result } = await run('head -c 200000000 /dev/zero | tail', {
      options: { resources: { limit: { memory: '64Mi' } } },
    })
    expect(result).toMatchObject({ reason: 'oom', exitCode: 137 })
  }, 180_000)

  test('that the cluster takes away is an end, with what was read until then', async () => {
    const { running, request, seen, text, notices } = await begin('echo ready; sleep 1000')
    await seen(/ready/)
    const name = (await podsOf(request))[0]!.metadata!.name!
    await cluster().core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 })
    expect(await running).toMatchObject({ reason: 'evicted' })
    expect(text('stdout')).toEqual(['ready'])
    expect(notices.join('\n')).toMatch(/ERROR The cluster ended the pod: /)
  }, 180_000)

  test('that has not begun is removed when its task is cancelled', async () => {
    const { running, request, abort } = await begin('true', { options: { nodeSelector: { disk: 'ssd' } } })
    await expect.poll(() => jobsOf(request), { timeout: 60_000 }).not.toEqual([])
    abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled' })
    await expect.poll(() => jobsOf(request), { timeout: 60_000 }).toEqual([])
  }, 180_000)

  test('can neither write to its image, nor become root, nor read a token', async () => {
    const { text } = await run(
      'id -u; touch /bin/x 2>&1; touch /tmp/ok && echo tmp; ls /var/run/secrets 2>&1; grep -i seccomp: /proc/self/status',
    )
    const said = text('stdout').join('\n')
    expect(said).toMatch(/^1000\n.*Read-only file system\ntmp\n.*No such file/s)
    expect(said).toMatch(/Seccomp:\s+2/)
  }, 180_000)

  test('leaves no Secret, and none while it runs is in a spec', async () => {
    const { running, request, seen, abort } = await begin('echo ready; sleep 1000', { env: { TOKEN: 'open-sesame' } })
    await seen(/ready/)
    const specs = [await podsOf(request), await jobsOf(request)]
    expect(specs.map(({ length }) => length)).toEqual([1, 1])
    expect(JSON.stringify(specs)).not.toContain('open-sesame')
    abort.abort()
    await running
    const secrets = async () =>
      (await cluster().core.listNamespacedSecret({ namespace })).items.map(({ metadata }) => metadata!.name)
    await expect.poll(secrets, { timeout: 60_000 }).not.toContain(jobOf(request))
  }, 180_000)

  test('finds its namespace as declared, also after somebody changed it', async () => {
    const { request } = await run('true')
    const read = async () => (await cluster().core.readNamespacedLimitRange({ namespace, name: 'millrace' })).spec
    const declared = await read()
    expect(declared!.limits[0]!._default).toMatchObject({ cpu: '1', memory: '512Mi' })
    await cluster().core.deleteNamespacedLimitRange({ namespace, name: 'millrace' })
    await run('true')
    expect(await read()).toEqual(declared)
    const { metadata } = await cluster().core.readNamespace({ name: namespace })
    expect(metadata!.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' })
    const wanted = describeTenantNamespace({ instance: 'i', namespace, tenantId, grant: request.grant })
    expect(wanted.map(({ kind }) => kind)).toEqual([
      ...['Namespace', 'ServiceAccount', 'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'NetworkPolicy'],
    ])
  }, 180_000)
})
