import type { protos } from '@google-cloud/batch'
import { folder } from '../cloud/scripts'
import type { RunnerRequest } from '../runner'
import { filesContainer, mainContainer } from './commands'
import { slackSeconds } from './create-runner'
import { googleLabels } from './labels'
import type { BatchOptions } from './options'

type Job = protos.google.cloud.batch.v1.IJob
type Runnable = protos.google.cloud.batch.v1.IRunnable

export type BatchJobParts = {
  instance: string
  request: RunnerRequest
  options: BatchOptions
  /** With curl and busybox in it. */
  filesImage: string
  kitUrl: string
}

/** On the machine's disk. Its system lets programs be run there, and hardly anywhere else. */
const hostFolder = '/var/lib/google/millrace'
const mebibyte = 1024 ** 2

/** What the user says stands in the kit alone. */
export function describeBatchJob(parts: BatchJobParts): Job {
  const { instance, request, options, filesImage, kitUrl } = parts
  const runMs = request.limits.deadlineMs ?? options.waitUntilCompletion
  return {
    labels: googleLabels(instance, request, !options.delete),
    taskGroups: [
      {
        taskCount: 1,
        taskSpec: {
          computeResource: computeResource(request, options),
          maxRunDuration: { seconds: Math.ceil(runMs / 1000) + slackSeconds },
          maxRetryCount: 0,
          runnables: [
            { background: true, ...container(filesImage, filesContainer(kitUrl), '--user 0') },
            container(request.image, mainContainer, ''),
          ],
        },
      },
    ],
    allocationPolicy: {
      instances: [{ policy: { machineType: options.machineType, reservation: options.reservation ?? '' } }],
      ...(options.networkInterfaces.length > 0 && { network: { networkInterfaces: options.networkInterfaces } }),
    },
    logsPolicy: { destination: 'CLOUD_LOGGING' },
  }
}

function container(imageUri: string, [entrypoint = '', ...commands]: string[], options: string): Runnable {
  return { container: { imageUri, entrypoint, commands, options, volumes: [`${hostFolder}:${folder}`] } }
}

function computeResource({ limits }: RunnerRequest, { computeResource: { cpu, memory, bootDisk } }: BatchOptions) {
  const cpuMilli = limits.cpus === undefined ? cpu : Math.round(limits.cpus * 1000)
  const memoryMib = limits.memoryBytes === undefined ? memory : Math.ceil(limits.memoryBytes / mebibyte)
  return {
    ...(cpuMilli !== undefined && { cpuMilli }),
    ...(memoryMib !== undefined && { memoryMib }),
    ...(bootDisk !== undefined && { bootDiskMib: bootDisk }),
  }
}
