import type { protos } from '@google-cloud/run'
import { folder } from '../cloud/scripts'
import { type RunnerRequest, RunnerRequestError } from '../runner'
import { filesContainer, mainContainer } from './commands'
import { slackSeconds } from './create-runner'
import { googleLabels } from './labels'
import type { CloudRunOptions } from './options'

type Job = protos.google.cloud.run.v2.IJob
type TaskTemplate = protos.google.cloud.run.v2.ITaskTemplate

export type CloudRunJobParts = {
  instance: string
  request: RunnerRequest
  options: CloudRunOptions
  /** Who the containers run as. */
  runtimeAccount: string
  /** With curl and busybox in it. */
  filesImage: string
  kitUrl: string
}

/** The one run of the job is named after it. */
export const executionToken = 'run'
const longestSeconds = 168 * 60 * 60

/** What the user says stands in the kit alone. */
export function describeCloudRunJob(parts: CloudRunJobParts): Job {
  const { instance, request, options } = parts
  return {
    labels: googleLabels(instance, request, !options.delete),
    startExecutionToken: executionToken,
    template: { taskCount: 1, template: describeTask(parts) },
  }
}

function describeTask({ request, options, runtimeAccount, filesImage, kitUrl }: CloudRunJobParts): TaskTemplate {
  const runMs = request.limits.deadlineMs ?? options.waitUntilCompletion
  const shared = { name: 'millrace', mountPath: folder }
  const mounts = options.volumes.map(({ mountPath }, index) => ({ name: `volume-${index}`, mountPath }))
  return {
    maxRetries: 0,
    timeout: { seconds: Math.min(Math.ceil(runMs / 1000) + slackSeconds, longestSeconds) },
    serviceAccount: runtimeAccount,
    ...describeNetwork(options),
    containers: [
      {
        name: 'main',
        image: request.image,
        ...commandOf(mainContainer),
        resources: { limits: options.resources as Record<string, string> },
        volumeMounts: [shared, ...mounts],
      },
      { name: 'files', image: filesImage, ...commandOf(filesContainer(kitUrl)), volumeMounts: [shared] },
    ],
    volumes: [
      { name: 'millrace', emptyDir: { medium: 'MEMORY' } },
      ...options.volumes.map(({ bucket, readOnly }, index) => ({ name: `volume-${index}`, gcs: { bucket, readOnly } })),
    ],
  }
}

function commandOf([command = '', ...args]: string[]) {
  return { command: [command], args }
}

function describeNetwork({ vpcAccessConnector, vpcEgress, network, subnetwork }: CloudRunOptions) {
  const isDirect = network !== undefined || subnetwork !== undefined
  if (!isDirect && vpcAccessConnector === undefined) return {}
  if (isDirect && vpcAccessConnector !== undefined) {
    throw new RunnerRequestError('taskRunner: vpcAccessConnector excludes network and subnetwork: choose one way')
  }
  return {
    vpcAccess: {
      ...(vpcEgress && { egress: vpcEgress }),
      ...(isDirect
        ? { networkInterfaces: [{ network: network ?? '', subnetwork: subnetwork ?? '' }] }
        : { connector: vpcAccessConnector ?? '' }),
    },
  }
}
