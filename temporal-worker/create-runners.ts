import { createHash } from 'node:crypto'
import type { Env } from '#infra/env'
import { createCloudRunners } from './cloud-runners'
import { createDockerRunner } from './runners/docker'
import { createProcessRunner } from './runners/process'
import type { Runner } from './runners/runner'

export type RunnersEnv = Pick<
  Env,
  | 'MILLRACE_KUBECONFIG'
  | 'MILLRACE_KUBERNETES_PREFIX'
  | 'MILLRACE_KUBERNETES_FILES_IMAGE'
  | 'MILLRACE_CLOUD_FILES_IMAGE'
  | 'MILLRACE_POLICY'
>

/** The runners of this installation. Which of them a task gets is the policy's choice. */
export async function createRunners(env: RunnersEnv, { instance }: { instance: string }): Promise<Runner[]> {
  const filesImage = env.MILLRACE_CLOUD_FILES_IMAGE
  const local = [
    createProcessRunner({ instance }),
    createDockerRunner({ instance }),
    ...createCloudRunners({ instance, filesImage, machineCredentials: env.MILLRACE_POLICY === 'local' }),
  ]
  return env.MILLRACE_KUBECONFIG === undefined ? local : [...local, await kubernetes(env, instance)]
}

/** The client library is large: it is loaded only where there is a cluster. */
async function kubernetes(env: RunnersEnv, instance: string): Promise<Runner> {
  const [{ KubeConfig }, { createKubernetesRunner }] = await Promise.all([
    import('@kubernetes/client-node'),
    import('./runners/kubernetes'),
  ])
  const config = new KubeConfig()
  if (env.MILLRACE_KUBECONFIG === 'in-cluster') config.loadFromCluster()
  else config.loadFromFile(env.MILLRACE_KUBECONFIG ?? '')
  return createKubernetesRunner({
    instance,
    config,
    namespacePrefix: env.MILLRACE_KUBERNETES_PREFIX,
    filesImage: env.MILLRACE_KUBERNETES_FILES_IMAGE,
  })
}

/** Workers of one installation share a database: the name tells their leftovers from those of others. */
export function installationName(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 16)
}
