import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKubeConfig, testKubeconfig, testRunnerOptions } from '../../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../../test/harness/runner-kit'
import { createKubernetesRunner } from '../kubernetes'
import type { RunnerRequest } from '../runner'
import { connectCluster } from './cluster'
import { sweepNamespaces } from './sweep-namespaces'

const kubeconfig = testKubeconfig()

describe.skipIf(kubeconfig === undefined)('a tenant that may have one pod', () => {
  const tenantId = `t-${randomInt(1_000_000_000)}`
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-quota-'))
  })
  afterAll(async () => {
    const { core } = connectCluster(loadKubeConfig(kubeconfig!))
    await core.deleteNamespace({ name: `millrace-test-${tenantId}` }).catch(() => undefined)
    await rm(root, { recursive: true, force: true })
  })

  async function prepare(script: string, options: RunnerRequest['options'] = {}): Promise<RunnerRequest> {
    const request = await prepareRequest(root, script, { options })
    return { ...request, key: { ...request.key, tenantId }, grant: { ...request.grant, pods: 1 } }
  }

  test('has its second task wait for the first, told why; one that can’t wait so long fails with the reason', async () => {
    const runner = createKubernetesRunner(testRunnerOptions(randomUUID(), kubeconfig!))
    const stop = new AbortController()
    const start = (request: RunnerRequest, signal = new AbortController().signal) => {
      const recorded = recordEvents()
      return { ...recorded, ended: runner.run(request, recorded.events, signal) }
    }
    const first = start(await prepare('echo ready; sleep 1000'), stop.signal)
    await first.seen(/ready/)
    const patient = start(await prepare('echo done'))
    const hasty = start(await prepare('echo done', { waitUntilRunning: 'PT30S' }))
    expect(await hasty.ended).toMatchObject({ exitCode: 125 })
    expect(hasty.notices.at(-1)).toMatch(/did not run within 30 s \(waitUntilRunning\): .*exceeded quota/)
    expect(patient.notices.join()).toMatch(/does not run yet: FailedCreate: .*exceeded quota/)
    stop.abort()
    await first.ended
    expect(await patient.ended).toMatchObject({ exitCode: 0 })
  }, 240_000)

  test('keeps its namespace as long as it is there', async () => {
    const instance = randomUUID()
    const runner = createKubernetesRunner(testRunnerOptions(instance, kubeconfig!))
    await runner.run(await prepare('true'), recordEvents().events, new AbortController().signal)
    const cluster = connectCluster(loadKubeConfig(kubeconfig!))
    const sweep = (of: string, ageMs: number, tenants: string[]) =>
      sweepNamespaces(cluster, { instance: of, tenants: async () => tenants, nowMs: Date.now() + ageMs })
    const hourMs = 3_600_000
    expect(await sweep(randomUUID(), hourMs, ['other'])).toBe(0)
    expect(await sweep(instance, 0, ['other'])).toBe(0)
    expect(await sweep(instance, hourMs, [])).toBe(0)
    expect(await sweep(instance, hourMs, ['other', tenantId])).toBe(0)
    expect(await sweep(instance, hourMs, ['other'])).toBe(1)
    const { metadata } = await cluster.core.readNamespace({ name: `millrace-test-${tenantId}` })
    expect(metadata?.deletionTimestamp).toBeDefined()
  }, 120_000)
})
