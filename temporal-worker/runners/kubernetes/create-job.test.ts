import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareRequest, recordEvents } from '../../../test/harness/runner-kit'
import type { Cluster } from './cluster'
import { createJobMaker } from './create-job'
import { parseKubernetesOptions } from './options'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-burst-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

type Call = { what: string; namespace: string; atMs: number }

/** An API server that takes everything at once and counts. */
function countingCluster() {
  const calls: Call[] = []
  const startMs = performance.now()
  const count = (what: string) => async (given: { namespace?: string; metadata?: { namespace?: string } }) => {
    const namespace = given.namespace ?? given.metadata?.namespace ?? ''
    calls.push({ what, namespace, atMs: performance.now() - startMs })
    return { metadata: { uid: 'uid' } }
  }
  const cluster = {
    apply: count('apply'),
    core: { createNamespacedSecret: count('secret'), patchNamespacedSecret: count('own') },
    batch: { createNamespacedJob: count('job') },
  } as unknown as Cluster
  return { cluster, calls }
}

test('a burst of Jobs of one tenant is drawn out, and holds up nobody else', async () => {
  const { cluster, calls } = countingCluster()
  const maker = createJobMaker(cluster, { instance: 'i', namespacePrefix: 'm', filesImage: 'busybox:1' })
  const { signal } = new AbortController()
  async function burst(tenantId: string, jobs: number): Promise<void> {
    const prepared = await prepareRequest(root, 'true')
    const options = parseKubernetesOptions({}, prepared.grant)
    const { events } = recordEvents()
    const make = (attempt: number) => {
      const request = { ...prepared, key: { ...prepared.key, tenantId, attempt } }
      return maker.create(maker.placeOf(request), { request, options, events, signal })
    }
    await Promise.all(Array.from({ length: jobs }, (_, index) => make(index)))
  }
  await Promise.all([burst('loud', 50), burst('quiet', 3)])

  const jobsOf = (namespace: string) => calls.filter(call => call.what === 'job' && call.namespace === namespace)
  const [loud, quiet] = [jobsOf('m-loud'), jobsOf('m-quiet')]
  expect([loud.length, quiet.length]).toEqual([50, 3])
  // One each 40 ms at most; a timer may fire a millisecond early.
  const tooEarly = loud.filter(({ atMs }, index) => atMs < index * 40 - 5)
  expect(tooEarly).toEqual([])
  expect(quiet.at(-1)!.atMs).toBeLessThan(loud.at(-1)!.atMs)
  // The namespace once, and three calls for each Job.
  expect(calls.filter(({ namespace }) => namespace === 'm-loud').length).toBeLessThanOrEqual(6 + 3 * 50)
})
