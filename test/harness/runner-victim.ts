/**
 * A worker to be killed: runs one request on one runner and prints its lines. The test ends this process by SIGKILL
 * while the command runs. Arguments: runner, instance, Docker's socket, the
 * kubeconfig or the properties of the task runner (JSON), request (JSON).
 */
import type { Runner } from '#worker/runners/runner'

const [name, instance = '', place = '', request = ''] = process.argv.slice(2)
/** Each loads what it needs alone: a busy machine takes long for the rest. */
const runners: Record<string, () => Promise<Runner>> = {
  process: async () => (await import('#worker/runners/process')).createProcessRunner({ instance }),
  docker: async () => {
    const [{ default: Docker }, { createDockerRunner }] = await Promise.all([
      import('dockerode'),
      import('#worker/runners/docker'),
    ])
    return createDockerRunner({ instance, docker: new Docker({ socketPath: place }) })
  },
  kubernetes: async () => {
    const [{ testRunnerOptions }, { createKubernetesRunner }] = await Promise.all([
      import('./kubernetes'),
      import('#worker/runners/kubernetes'),
    ])
    return createKubernetesRunner(testRunnerOptions(instance, place))
  },
  'aws-batch': async () => (await import('./aws-batch')).awsBatchRunner(instance, JSON.parse(place)),
}
const runner = await runners[name ?? '']!()
await runner.run(
  JSON.parse(request),
  { line: (_stream, line) => console.log(line), notice: () => {} },
  new AbortController().signal,
)
