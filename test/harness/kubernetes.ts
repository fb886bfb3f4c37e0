import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { KubeConfig } from '@kubernetes/client-node'
import type { KubernetesRunnerOptions } from '#worker/runners/kubernetes'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import type { Runner, RunnerRequest } from '#worker/runners/runner'
import { startTap, type Tap } from './tap'

/**
 * The kubeconfig of a cluster that tests may use, with the images busybox:1 and python:3 (test/README.md tells how to get
 * one). With REQUIRE_ALL=1 a machine without is a failure, not a reason to skip.
 */
export function testKubeconfig(): string | undefined {
  const path = process.env.MILLRACE_TEST_KUBECONFIG
  if (path !== undefined && existsSync(path)) return path
  if (process.env.REQUIRE_ALL === '1')
    throw new Error('REQUIRE_ALL=1, but MILLRACE_TEST_KUBECONFIG names no kubeconfig')
  console.warn('Kubernetes tests are skipped: MILLRACE_TEST_KUBECONFIG names no kubeconfig.')
  return undefined
}

export function loadKubeConfig(path: string): KubeConfig {
  const config = new KubeConfig()
  config.loadFromFile(path)
  return config
}

/** Between a worker and the cluster; `tapped` is the kubeconfig of a worker that asks the tap, which the API server knows. */
export async function tapCluster(config: KubeConfig): Promise<{ tap: Tap; tapped: string }> {
  const options = {}
  await config.applyToHTTPSOptions(options)
  const tap = await startTap({ url: new URL(config.getCurrentCluster()!.server), options })
  return { tap, tapped: kubeconfigOf(tap.port) }
}

function kubeconfigOf(port: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'tap',
    clusters: [{ name: 'tap', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'worker', user: {} }],
    contexts: [{ name: 'tap', context: { cluster: 'tap', user: 'worker' } }],
  })
}

/** For a runner whose tenants' namespaces begin with `millrace-test-`. */
export function testRunnerOptions(instance: string, kubeconfig: string): KubernetesRunnerOptions {
  return {
    instance,
    config: loadKubeConfig(kubeconfig),
    namespacePrefix: 'millrace-test',
    filesImage: 'busybox:1',
  }
}

/** Gives an image of the cluster another name, where nothing can be pulled: in `../shared/k8s`, whose containerd lies there. */
export async function nameImage(kubeconfig: string, image: string, name: string): Promise<void> {
  const socket = join(dirname(kubeconfig), 'run/containerd.sock')
  if (!existsSync(socket)) return
  const full = (short: string) => `docker.io/library/${short}`
  const args = ['--address', socket, '--namespace', 'k8s.io', 'images', 'tag', '--force', full(image), full(name)]
  await promisify(execFile)('ctr', args)
}

/** The same runner for tenants whom the operator grants warm pods. */
export function withWarmPods(runner: Runner): Runner {
  const warm = { pods: 3, uses: 100, idleMs: 600_000 }
  const granted = (request: RunnerRequest) => ({ ...request, grant: { ...request.grant, warm } })
  return { ...runner, run: (request, events, signal) => runner.run(granted(request), events, signal) }
}

/** Ends the warm pods of a runner under test, which would wait for its next task. */
export async function removeJobsOf(instance: string, kubeconfig: string): Promise<void> {
  const { batch } = connectCluster(loadKubeConfig(kubeconfig))
  const { items } = await batch.listJobForAllNamespaces({ labelSelector: `millrace.instance=${instance}` })
  for (const { metadata } of items) {
    const place = { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' }
    await batch.deleteNamespacedJob({ ...place, propagationPolicy: 'Background' }).catch(() => undefined)
  }
}
