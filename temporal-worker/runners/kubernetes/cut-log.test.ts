import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cut, cutExec } from '../../../test/harness/cut-exec'
import { killWorkerDuring } from '../../../test/harness/kill-worker'
import { loadKubeConfig, tapCluster, testKubeconfig, testRunnerOptions } from '../../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../../test/harness/runner-kit'
import type { Tap } from '../../../test/harness/tap'
import { createKubernetesRunner } from '../kubernetes'
import type { RunnerRequest } from '../runner'
import { connectCluster } from './cluster'
import { mostTries } from './files'
import { endCommand, fetchCommand, followCommand } from './scripts'
import { serveScript } from './warm/scripts'

const kubeconfig = testKubeconfig()
const noneOfIt = { stdout: 0, stderr: 0 }
/** What an exec runs, without its arguments. */
const scriptOf = (url: string) => new URL(url, 'http://tap').searchParams.getAll('command')[2]
const isFollowing = (url: string) => [followCommand(noneOfIt)[2], serveScript].includes(scriptOf(url) ?? '')

const isFetching = (url: string) => scriptOf(url)?.replace(/\d+/, '0') === fetchCommand(0)[2]

describe.skipIf(kubeconfig === undefined)('a log whose stream is cut, and called a success', () => {
  const tenantId = `t-${randomBytes(4).toString('hex')}`
  let root: string
  let tap: Tap
  let tapped: KubeConfig

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-cut-'))
    const between = await tapCluster(loadKubeConfig(kubeconfig!))
    tap = between.tap
    tapped = new KubeConfig()
    tapped.loadFromString(between.tapped)
  })
  afterAll(async () => {
    const { core } = connectCluster(loadKubeConfig(kubeconfig!))
    await core.deleteNamespace({ name: `millrace-test-${tenantId}` }).catch(() => undefined)
    await tap.stop()
    await rm(root, { recursive: true, force: true })
  })

  const warm = { pods: 1, uses: 100, idleMs: 600_000 }
  const script = `i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo "row $i"; echo "note $i" >&2
  [ $i -ne 150 ] || sleep 1; done; printf last`
  const rows = (name: string) => Array.from({ length: 300 }, (_, index) => `${name} ${index + 1}`)

  async function prepare(command: string, isWarm: boolean): Promise<RunnerRequest> {
    const request = await prepareRequest(root, command)
    const grant = isWarm ? { ...request.grant, warm } : request.grant
    return { ...request, key: { ...request.key, tenantId }, grant }
  }

  /** Runs where the first calls that are meant are cut, each as the next of `cuts` says. */
  async function run(
    request: RunnerRequest,
    cuts: Cut[],
    { instance = randomUUID() as string, isMeant = isFollowing } = {},
  ) {
    const left = [...cuts]
    const scripts: (string | undefined)[] = []
    tap.alter(({ url }) => {
      scripts.push(scriptOf(url))
      const cut = isMeant(url) ? left.shift() : undefined
      return cut && cutExec(cut)
    })
    const recorded = recordEvents()
    const runner = createKubernetesRunner({ ...testRunnerOptions(instance, kubeconfig!), config: tapped })
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    const warnings = recorded.notices.filter(notice => notice.startsWith('WARN'))
    return { ...recorded, result, warnings, scripts, left }
  }

  const stdout = (bytes: number, isEnd: boolean): Cut => ({ channel: 1, bytes, isEnd })
  const stderr = (bytes: number, isEnd: boolean): Cut => ({ channel: 2, bytes, isEnd })

  test.each<[what: string, isWarm: boolean, cuts: Cut[]]>([
    ['a Job: the end of stdout', false, [stdout(1000, false)]],
    ['a Job: the end of stderr, inside a line', false, [stderr(1003, false)]],
    ['a Job: one after another', false, [stdout(0, false), stdout(700, false), stdout(700, false)]],
    ['a Job: the call itself, while the command runs', false, [stdout(10, true), stderr(10, true)]],
    ['a warm pod: the call itself', true, [stdout(1000, true), stderr(1003, true), stdout(0, true)]],
  ])(
    'tells each line once, in order, all the same: of %s',
    async (_what, isWarm, cuts) => {
      const { result, text, warnings, left } = await run(await prepare(script, isWarm), cuts)
      expect({ ...result, left }).toMatchObject({ exitCode: 0, left: [] })
      expect(text('stdout')).toEqual([...rows('row'), 'last'])
      expect(text('stderr')).toEqual(rows('note'))
      expect(warnings).toEqual([])
    },
    180_000,
  )

  test.each([
    ['a Job', false, [stdout(500, false), stderr(500, false)]],
    ['a warm pod', true, [stdout(500, true), stderr(500, true)]],
  ])(
    'tells it to the next worker of %s as well',
    async (_what, isWarm, cuts) => {
      const instance = randomUUID()
      const request = await prepare(`echo ready; ${script}`, isWarm)
      await killWorkerDuring('kubernetes', instance, kubeconfig!, request)
      const { result, text, notices, left } = await run(request, cuts, { instance })
      expect({ ...result, left }).toMatchObject({ exitCode: 0, left: [] })
      expect(notices.join()).toContain('earlier worker')
      expect(text('stdout')).toEqual(['ready', ...rows('row'), 'last'])
      expect(text('stderr')).toEqual(rows('note'))
    },
    180_000,
  )

  test('is asked for so many times, then the log says what is missing', async () => {
    const cuts = Array.from({ length: mostTries }, () => stdout(0, false))
    const { result, text, warnings, left } = await run(await prepare(script, false), cuts)
    expect({ ...result, left }).toMatchObject({ exitCode: 0, left: [] })
    expect(text('stdout')).toEqual([])
    expect(text('stderr')).toEqual(rows('note'))
    expect(warnings).toEqual(['WARN The last lines are missing: the cluster cut the log each time it was read.'])
  }, 180_000)

  test('and so are files: they come whole all the same', async () => {
    const request = await prepare('seq 1000 > a.txt; seq 2000 > b.txt', false)
    const cuts = [0, 700, 5120].map(bytes => stdout(bytes, false))
    const { result, left } = await run({ ...request, outputFiles: ['*.txt'] }, cuts, { isMeant: isFetching })
    expect({ ...result, left }).toMatchObject({ exitCode: 0, left: [] })
    const read = async (name: string) => (await readFile(join(request.hostDir, name), 'utf8')).trim().split('\n').length
    expect([await read('a.txt'), await read('b.txt')]).toEqual([1000, 2000])
  }, 180_000)

  test('costs no call where nothing is cut', async () => {
    const { text, scripts } = await run(await prepare(script, false), [])
    expect(text('stdout')).toEqual([...rows('row'), 'last'])
    // The one that follows may come before the pod's container has begun its log.
    const asked = scripts.filter((one, index) => one !== scripts[index - 1])
    expect(asked).toEqual([followCommand(noneOfIt)[2], endCommand(false)[2]])
  }, 180_000)
})
