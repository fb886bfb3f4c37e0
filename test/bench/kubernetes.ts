/** A Job through the runner beside the same Job made by hand, where MILLRACE_TEST_KUBECONFIG names a cluster. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKubernetesRunner } from '#worker/runners/kubernetes'
import { type Cluster, connectCluster } from '#worker/runners/kubernetes/cluster'
import { isOver, watchPod } from '#worker/runners/kubernetes/pod-watch'
import { serviceAccountName } from '#worker/runners/kubernetes/tenant-namespace'
import { loadKubeConfig, testRunnerOptions } from '../harness/kubernetes'
import { timeEach, timeOnce } from './measure'
import type { Row } from './report'
import { createScriptRun, largeFileRows } from './run-script'
import { warmRows } from './warm'

const tenantId = 'bench'
const namespace = `millrace-test-${tenantId}`
const tries = 10
const atOnce = 20

export async function kubernetesRows(): Promise<Row[]> {
  const kubeconfig = process.env.MILLRACE_TEST_KUBECONFIG
  if (!kubeconfig) {
    console.log('Kubernetes is left out: MILLRACE_TEST_KUBECONFIG names no cluster.')
    return []
  }
  const cluster = connectCluster(loadKubeConfig(kubeconfig))
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-k8s-'))
  const runner = createKubernetesRunner(testRunnerOptions('bench', kubeconfig))
  const run = createScriptRun(runner, { folder, tenantId })
  try {
    await run('true')
    const ours = await timeEach(tries, () => run('echo hello'), 1)
    const bare = await timeEach(tries, () => runBare(cluster), 1)
    const burst = await timeOnce(() => Promise.all(Array.from({ length: atOnce }, () => run('echo hello'))))
    const bareBurst = await timeOnce(() => Promise.all(Array.from({ length: atOnce }, () => runBare(cluster))))
    const group = 'Kubernetes'
    return [
      {
        group,
        what: 'one echo, median',
        unit: 's',
        value: ours.medianMs / 1000,
        baseline: { what: 'a bare Job until its pod succeeded', value: bare.medianMs / 1000 },
      },
      {
        group,
        what: `${atOnce} echoes at once`,
        unit: 's',
        value: burst / 1000,
        baseline: { what: 'bare Jobs', value: bareBurst / 1000 },
      },
      ...(await warmRows({ cluster, kubeconfig, tenantId, namespace, coldMs: ours.medianMs })),
      ...(await largeFileRows(group, run)),
    ]
  } finally {
    await cluster.core.deleteNamespace({ name: namespace })
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same pod without files, made and watched as an impatient person would. */
async function runBare(cluster: Cluster): Promise<void> {
  const name = `bare-${randomUUID()}`
  const watch = watchPod(cluster, { namespace, job: name })
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
  const container = { name: 'main', image: 'busybox:1', imagePullPolicy: 'IfNotPresent', command: ['echo', 'hello'] }
  const spec = {
    restartPolicy: 'Never',
    serviceAccountName,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ ...container, securityContext }],
  }
  const body = { metadata: { name }, spec: { backoffLimit: 0, template: { spec } } }
  await cluster.batch.createNamespacedJob({ namespace, body })
  await watch.until(isOver)
  watch.stop()
  await cluster.batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' })
}
