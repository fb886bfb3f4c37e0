import { outputDir, workingDir } from './runners/cloud/scripts'
import type { Runner, RunnerName } from './runners/runner'

export type CloudRunnersOptions = {
  /** Names this installation. */
  instance: string
  /** With curl and busybox in it, and root as its user: the container of a job that carries its files. */
  filesImage: string
  /** Whether tasks that give no credentials may use those of this machine. */
  machineCredentials: boolean
}

/** Those of the clouds. The vendors' libraries are large: each is loaded when a task first asks for it. */
export function createCloudRunners(options: CloudRunnersOptions): Runner[] {
  const policy = { machineCredentials: options.machineCredentials }
  return [
    lazyRunner('aws-batch', async () =>
      (await import('./runners/aws-batch')).createAwsBatchRunner({ ...options, policy }),
    ),
    lazyRunner('google-batch', async () => (await import('./runners/google-batch')).createGoogleBatchRunner(options)),
    lazyRunner('cloud-run', async () => (await import('./runners/cloud-run')).createCloudRunRunner(options)),
    lazyRunner('azure-batch', async () => (await import('./runners/azure-batch')).createAzureBatchRunner(options)),
  ]
}

/** Only a task knows the account, so that there is nothing to sweep: its next attempt finds its job again. */
function lazyRunner(name: RunnerName, load: () => Promise<Runner>): Runner {
  let loaded: Promise<Runner> | undefined
  return {
    name,
    isAvailable: async () => true,
    paths: () => ({ workingDir, outputDir }),
    async run(...given) {
      loaded ??= load()
      return await (await loaded).run(...given)
    },
    sweep: async () => 0,
  }
}
