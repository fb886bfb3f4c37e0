import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKubeConfig, removeJobsOf, testKubeconfig, testRunnerOptions } from '../../../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../../../test/harness/runner-kit'
import { createKubernetesRunner } from '../../kubernetes'
import type { Runner, RunnerRequest, RunnerResult } from '../../runner'
import { connectCluster, execToEnd, mergePatch } from '../cluster'
import { warmNotes } from './describe-warm'
import { isIdle, listWarmPods, type WarmPod } from './warm-pods'

const kubeconfig = testKubeconfig()
const longMs = 3_600_000

describe.skipIf(kubeconfig === undefined)('a warm pod', () => {
  const instance = `test-${randomUUID()}`
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  const newRunner = () => createKubernetesRunner(testRunnerOptions(instance, kubeconfig!))
  let runner: Runner
  const tenants: string[] = []
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-warm-'))
    runner = newRunner()
  })
  afterAll(async () => {
    await removeJobsOf(instance, kubeconfig!)
    for (const tenant of tenants) {
      await cluster()
        .core.deleteNamespace({ name: `millrace-test-${tenant}` })
        .catch(() => undefined)
    }
    await rm(root, { recursive: true, force: true })
  })

  /** A tenant of its own for each test, so that its pods are its own. */
  function freshTenant(grant: Partial<NonNullable<RunnerRequest['grant']['warm']>> = {}) {
    const tenantId = `t-${randomBytes(4).toString('hex')}`
    tenants.push(tenantId)
    const namespace = `millrace-test-${tenantId}`
    const warm = { pods: 2, uses: 100, idleMs: longMs, ...grant }
    const pods = () => listWarmPods(cluster(), instance, namespace)
    const prepare = async (script: string, more: Partial<RunnerRequest> = {}): Promise<RunnerRequest> => {
      const request = await prepareRequest(root, script, more)
      return { ...request, key: { ...request.key, tenantId }, grant: { ...request.grant, warm } }
    }
    const begin = async (script: string, more: Partial<RunnerRequest> = {}, on: Runner = runner) => {
      const request = await prepare(script, more)
      const recorded = recordEvents()
      const abort = new AbortController()
      return { ...recorded, request, abort, running: on.run(request, recorded.events, abort.signal) }
    }
    return {
      begin,
      pods,
      namespace,
      async run(script: string, more: Partial<RunnerRequest> = {}, on: Runner = runner) {
        const begun = await begin(script, more, on)
        return { ...begun, result: await begun.running }
      },
      /** Until so many wait. */
      rested: (count: number) =>
        expect.poll(async () => (await pods()).filter(isIdle).length, { timeout: 60_000 }).toBe(count),
      gone: () => expect.poll(async () => (await pods()).length, { timeout: 60_000 }).toBe(0),
    }
  }

  test('serves one task after another, and the log says so', async () => {
    const tenant = freshTenant()
    const first = await tenant.run('echo one; exit 3')
    expect(first.result).toMatchObject({ exitCode: 3, details: { warm: 'false' } })
    expect(first.notices).toContain('DEBUG cold: no warm pod of this image')
    await tenant.rested(1)
    const second = await tenant.run('echo $GREETING; echo "$1"', {
      command: ['/bin/sh', '-c', 'echo "$GREETING"; echo "$1"', 'sh', "it's\n$HOME `x`"],
      env: { GREETING: 'don\'t "$(reboot)"\n' },
    })
    expect(second.result).toMatchObject({ exitCode: 0, details: { warm: 'true' } })
    expect(second.result.details.podName).toBe(first.result.details.podName)
    expect(second.notices).toContain('DEBUG warm pod, use 2 of 100')
    expect(second.text('stdout')).toEqual(['don\'t "$(reboot)"', '', "it's", '$HOME `x`'])
  }, 180_000)

  // All that a command can see or change of where it runs; times and process ids differ in any case.
  const state = `pwd; umask; ulimit -a; id; env | sort
for at in /millrace/work /millrace/io /tmp /dev/shm /dev/mqueue; do
  echo "$at:"; find $at | sort | while read -r name; do stat -c '%A %u %g %h %F %n' "$name"; done
done
stat -c '%s' /dev/termination-log; ls -l /proc/self/fd | sed 's/.* //; s/[0-9]*//g'
for at in /proc/[0-9]*; do
  echo "$(tr '\\0\\n' '  ' < $at/cmdline | cut -c 1-50) $(grep -E '^(TracerPid|Threads)' $at/status | tr '\\n\\t' '  ')"
done 2>/dev/null | grep -v -E '^ |^(tr|grep|cut|sort) ' | sort -u
cat /proc/sysvipc/*; cat /proc/self/limits /proc/1/limits; grep -E '^(Cap|Seccomp|NoNewPrivs|Cpus_allowed_list)' /proc/self/status
find / -xdev -user 1000 2>/dev/null; cat /proc/mounts | sed 's/workdir.*//; s/[0-9]*.fs,.*//'`

  test('that was used is as one that never was', async () => {
    const fresh = await freshTenant().run(state)
    const tenant = freshTenant()
    const hostile = await tenant.run(
      `cd /; for at in /millrace/work /millrace/io /tmp /dev/shm /dev/mqueue; do
  echo secret > "$at/left"; mkdir -p "$at/deep/.er"; echo x > "$at/deep/.er/$(printf 'a\\nb')"; ln -s / "$at/link"; mkfifo "$at/pipe"
  mkdir "$at/shut"; echo x > "$at/shut/x"; chmod 0 "$at/shut"
done 2>/dev/null
echo secret > /dev/termination-log; export LEFT=1; umask 077; ulimit -n 64
rm -f /millrace/io/exit; nohup sleep 1000 > /dev/null 2>&1 & setsid sleep 1000 & (setsid sh -c 'trap "" TERM HUP; while :; do sleep 1; done' &)
sleep 0.3; echo done`,
      { env: { SECRET: 'open-sesame' } },
    )
    expect(hostile.text('stdout')).toEqual(['done'])
    await tenant.rested(1)
    const next = await tenant.run(state)
    expect(next.result).toMatchObject({ exitCode: 0, details: { warm: 'true' } })
    const { podName: freshPod = '' } = fresh.result.details
    const { podName: usedPod = '' } = next.result.details
    const plain = (text: string[], pod: string) => text.join('\n').replaceAll(pod, 'POD')
    expect(plain(next.text('stdout'), usedPod)).toBe(plain(fresh.text('stdout'), freshPod))
    expect(fresh.text('stdout').length).toBeGreaterThan(60)
  }, 180_000)

  test.each<[string, string, Partial<RunnerResult>]>([
    ['memory ran out', 'head -c 200000000 /dev/zero | tail', { reason: 'oom', exitCode: 137 }],
    ['its waiting process was told to end', 'kill -TERM 1; exit 0', {}],
    ['a deadline passed', 'sleep 1000', { reason: 'deadline' }],
  ])(
    'is thrown away after %s',
    async (_name, script, expected) => {
      const tenant = freshTenant()
      const { result } = await tenant.run(script, {
        options: { resources: { limit: { memory: '64Mi' } } },
        ...(expected.reason === 'deadline' && { limits: { killGraceMs: 0, deadlineMs: 15_000 } }),
      })
      expect(result).toMatchObject(expected)
      await tenant.gone()
    },
    180_000,
  )

  test('is thrown away where something can’t be wiped', async () => {
    const tenant = freshTenant()
    const left = `import ctypes; print(ctypes.CDLL(None).shmget(7, 4096, 0o1600))`
    const { text } = await tenant.run('', { image: 'python:3', command: ['python3', '-c', left] })
    expect(Number(text('stdout')[0])).toBeGreaterThanOrEqual(0)
    await tenant.gone()
  }, 180_000)

  test('is another tenant’s or another shape’s never', async () => {
    const tenant = freshTenant()
    await tenant.run('true')
    await tenant.rested(1)
    const others = [
      await freshTenant().run('true'),
      await tenant.run('true', { image: 'python:3' }),
      await tenant.run('true', { options: { resources: { limit: { memory: '100Mi' } } } }),
      await tenant.run('true', { options: { labels: { team: 'other' } } }),
    ]
    expect(others.map(({ result }) => result.details.warm)).toEqual(['false', 'false', 'false', 'false'])
  }, 240_000)

  test('goes to one of the workers that want it', async () => {
    const tenant = freshTenant()
    await tenant.run('true')
    await tenant.rested(1)
    // None ends before each has a pod: else one could be the next's.
    const script = 'echo ready; while [ ! -e go ]; do sleep 0.05; done'
    const begun = await Promise.all([runner, newRunner(), newRunner()].map(on => tenant.begin(script, {}, on)))
    await Promise.all(begun.map(({ seen }) => seen(/ready/)))
    const { namespace } = tenant
    const { items } = await cluster().core.listNamespacedPod({ namespace })
    for (const { metadata } of items) {
      const ref = { namespace, pod: metadata!.name!, container: 'files' }
      await execToEnd(cluster(), ref, { command: ['touch', '/millrace/work/go'], what: 'go on' })
    }
    const results = await Promise.all(begun.map(({ running }) => running))
    expect(results.map(({ details }) => details.warm).sort()).toEqual(['false', 'false', 'true'])
    expect(new Set(results.map(({ details }) => details.podName)).size).toBe(3)
    // Two are the most that wait.
    await tenant.rested(2)
  }, 240_000)

  test('is recycled after its uses, after its rest, and by the sweep', async () => {
    const once = freshTenant({ uses: 1 })
    await once.run('true')
    await once.gone()
    const brief = freshTenant({ idleMs: 1 })
    await brief.run('true')
    await brief.gone()
    const swept = freshTenant()
    await swept.run('true')
    await swept.rested(1)
    expect(await runner.sweep(async () => true)).toBe(0)
    const [{ name }] = (await swept.pods()) as [WarmPod]
    const body = { metadata: { annotations: { [warmNotes.idleUntil]: '1' } } }
    await cluster().batch.patchNamespacedJob({ namespace: swept.namespace, name, body }, mergePatch)
    expect(await runner.sweep(async () => true)).toBe(1)
    await swept.gone()
  }, 240_000)

  test('is spared by a sweep that saw its use before', async () => {
    const tenant = freshTenant()
    const first = await tenant.begin('echo ready; while [ ! -e go ]; do sleep 0.05; done')
    await first.seen(/ready/)
    let second: Awaited<ReturnType<typeof tenant.begin>> | undefined
    // While it asks whether the task is live, that ends, and the pod is the next one's.
    const isLive = async ({ taskRunId }: RunnerRequest['key']) => {
      if (taskRunId !== first.request.key.taskRunId) return true
      const { namespace } = tenant
      const { items } = await cluster().core.listNamespacedPod({ namespace })
      const ref = { namespace, pod: items[0]!.metadata!.name!, container: 'files' }
      await execToEnd(cluster(), ref, { command: ['touch', '/millrace/work/go'], what: 'go on' })
      await first.running
      await tenant.rested(1)
      second = await tenant.begin('echo ready; while [ ! -e go ]; do sleep 0.05; done')
      await second.seen(/ready/)
      return false
    }
    expect(await newRunner().sweep(isLive)).toBe(0)
    const [{ pod, key }] = (await tenant.pods()) as [WarmPod]
    expect(key.taskRunId).toBe(second!.request.key.taskRunId)
    const ref = { namespace: tenant.namespace, pod: pod!, container: 'files' }
    await execToEnd(cluster(), ref, { command: ['touch', '/millrace/work/go'], what: 'go on' })
    expect(await second!.running).toMatchObject({ exitCode: 0, details: { warm: 'true', podName: pod } })
  }, 240_000)

  test('holds nothing of a request in what the cluster keeps', async () => {
    const tenant = freshTenant()
    const begun = await tenant.begin('echo open-sesame; sleep 1000', { env: { TOKEN: 'open-sesame' } })
    await begun.seen(/open/)
    const { namespace } = tenant
    const kept = [
      (await cluster().batch.listNamespacedJob({ namespace })).items,
      (await cluster().core.listNamespacedPod({ namespace })).items,
      (await cluster().core.listNamespacedSecret({ namespace })).items,
    ]
    expect(kept.map(({ length }) => length)).toEqual([1, 1, 0])
    expect(JSON.stringify(kept)).not.toContain('open-sesame')
    begun.abort.abort()
    expect(await begun.running).toMatchObject({ reason: 'cancelled' })
    await tenant.gone()
  }, 180_000)
})
