/**
 * A worker to be killed: runs one request on one runner and prints its lines. The test ends this process by SIGKILL
 * while the command runs. Arguments: runner, instance, Docker's socket, the
 * kubeconfig or the properties of the task runner (JSON), request (JSON).
 */
import Docker from 'dockerode'
import { createDockerRunner } from '#worker/runners/docker'
import { createKubernetesRunner } from '#worker/runners/kubernetes'
import { createProcessRunner } from '#worker/runners/process'
import type { Runner } from '#worker/runners/runner'
import { awsBatchRunner } from './aws-batch'
import { testRunnerOptions } from './kubernetes'

const [name, instance = '', place = '', request = ''] = process.argv.slice(2)
const runners: Record<string, () => Runner> = {
  process: () => createProcessRunner({ instance }),
  docker: () => createDockerRunner({ instance, docker: new Docker({ socketPath: place }) }),
  kubernetes: () => createKubernetesRunner(testRunnerOptions(instance, place)),
  'aws-batch': () => awsBatchRunner(instance, JSON.parse(place)),
}
const runner = runners[name ?? '']!()
await runner.run(
  JSON.parse(request),
  { line: (_stream, line) => console.log(line), notice: () => {} },
  new AbortController().signal,
)
