/** A warm pod through the runner beside the same command bare in such a pod, and a cold task. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createKubernetesRunner } from '#worker/runners/kubernetes'
import { type Cluster, execToEnd } from '#worker/runners/kubernetes/cluster'
import { isIdle, listWarmPods } from '#worker/runners/kubernetes/warm/warm-pods'
import { removeJobsOf, testRunnerOptions, withWarmPods } from '../harness/kubernetes'
import { summarise, timeEach, timeOnce } from './measure'
import type { Row } from './report'
import { createScriptRun } from './run-script'

const instance = 'bench-warm'
const tries = 20

/** `coldMs` is what the same task takes in a Job of its own. */
export async function warmRows(given: {
  cluster: Cluster
  kubeconfig: string
  tenantId: string
  namespace: string
  coldMs: number
}): Promise<Row[]> {
  const { cluster, kubeconfig, tenantId, namespace, coldMs } = given
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-warm-'))
  const runner = withWarmPods(createKubernetesRunner(testRunnerOptions(instance, kubeconfig)))
  const run = createScriptRun(runner, { folder, tenantId })
  const command = ['/bin/sh', '-c', 'echo hello']
  try {
    await run('echo hello')
    const pod = await idlePod(cluster, namespace)
    const exec = () => execToEnd(cluster, { namespace, pod, container: 'main' }, { command, what: 'run it bare' })
    const bare = await timeEach(tries, exec, 1)
    const single: number[] = []
    for (let index = 0; index < tries; index++) {
      await idlePod(cluster, namespace)
      single.push(await timeOnce(() => run('echo hello')))
    }
    const row = await timeEach(tries, () => run('echo hello'), 1)
    const group = 'Kubernetes'
    const one = summarise(single).medianMs
    const baseline = { what: 'the same command by a bare exec in such a pod', value: bare.medianMs }
    return [
      { group, what: 'one echo, warm, median', unit: 'ms', value: one, baseline },
      { group, what: 'echoes one after another, warm, each', unit: 'ms', value: row.medianMs, baseline },
      { group, what: 'one echo, warm', unit: 'ms', value: one, baseline: { what: 'cold', value: coldMs } },
    ]
  } finally {
    await removeJobsOf(instance, kubeconfig)
    await rm(folder, { recursive: true, force: true })
  }
}

async function idlePod(cluster: Cluster, namespace: string): Promise<string> {
  for (;;) {
    const idle = (await listWarmPods(cluster, instance, namespace)).find(isIdle)
    if (idle?.pod !== undefined) return idle.pod
    await delay(20)
  }
}
