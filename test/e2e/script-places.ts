import { randomUUID } from 'node:crypto'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { canStartDocker, startDocker } from '../harness/docker'
import { loadKubeConfig, nameImage, testKubeconfig } from '../harness/kubernetes'

/** Where the scripts of the seed's pipeline run, by what an installation has. */
export type ScriptPlace = {
  name: string
  /** What the log says about it, and how loud. */
  notice: { level: 'DEBUG' | 'INFO' | 'WARN'; says: RegExp }
  start(): Promise<{
    env: Record<string, string>
    /** What is there of any script. */
    left(): Promise<unknown[]>
    stop(): Promise<void>
  }>
}

const image = 'python:3.11-slim'
const noDocker = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

const asProcess: ScriptPlace = {
  name: 'as a process of the host, said as a WARN, where no Docker answers',
  notice: { level: 'WARN', says: /without isolation/ },
  start: async () => ({ env: noDocker, left: async () => [], stop: async () => {} }),
}

const inContainer: ScriptPlace = {
  name: 'in a container of the named image',
  notice: { level: 'DEBUG', says: /as a Docker container/ },
  async start() {
    const { docker, importImage, socketPath, stop } = await startDocker()
    await importImage(image)
    return {
      env: { DOCKER_HOST: `unix://${socketPath}` },
      left: () => docker.listContainers({ all: true }),
      stop,
    }
  },
}

const asJob = (kubeconfig: string): ScriptPlace => ({
  name: 'as a Job of a cluster by the policy of a hosted installation',
  notice: { level: 'INFO', says: /as a Kubernetes Job by the policy of this installation/ },
  async start() {
    await nameImage(kubeconfig, 'python:3', image)
    const { batch, core } = connectCluster(loadKubeConfig(kubeconfig))
    const prefix = `millrace-e2e-${randomUUID().slice(0, 8)}`
    const namespaces = async () => {
      const { items } = await core.listNamespace({ labelSelector: 'app.kubernetes.io/managed-by=millrace' })
      return items.map(({ metadata }) => metadata?.name ?? '').filter(name => name.startsWith(`${prefix}-`))
    }
    return {
      env: {
        ...noDocker,
        MILLRACE_POLICY: 'hosted',
        MILLRACE_KUBECONFIG: kubeconfig,
        MILLRACE_KUBERNETES_PREFIX: prefix,
        MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
      },
      async left() {
        const jobs = await Promise.all((await namespaces()).map(namespace => batch.listNamespacedJob({ namespace })))
        return jobs.flatMap(({ items }) => items)
      },
      async stop() {
        for (const name of await namespaces()) await core.deleteNamespace({ name })
      },
    }
  },
})

const kubeconfig = testKubeconfig()

/** Those that this machine can be. */
export const scriptPlaces: ScriptPlace[] = [
  ...(canStartDocker() ? [inContainer] : []),
  asProcess,
  ...(kubeconfig === undefined ? [] : [asJob(kubeconfig)]),
]
