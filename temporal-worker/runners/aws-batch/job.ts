/** A job as AWS Batch describes it. Nothing of what a flow says stands in it but the image and what the job may use. */
import type { ComputeEnvironmentDetail, JobDetail, RegisterJobDefinitionCommandInput } from '@aws-sdk/client-batch'
import type { JobState } from '../cloud/run-job'
import { filesCommand, folder, mainCommand } from '../cloud/scripts'
import { labelsOf } from '../labels'
import { type RunnerRequest, RunnerRequestError } from '../runner'
import type { AwsBatchOptions } from './options'

export type Platform = 'FARGATE' | 'EC2'

export type JobParts = {
  instance: string
  name: string
  filesImage: string
  platform: Platform
  request: RunnerRequest
  options: AwsBatchOptions
  kitUrl: string
}

/** Taken off what the user asks for, so that the sum stays one of the sizes that Fargate has. */
const filesShare = { memoryMiB: 128, cpus: 0.1 }
const volume = 'millrace'
/** The log's last part is sent after the command was ended. */
const afterGraceSeconds = 15
const longestStopSeconds = 120
/** Batch's least; and the worker's own deadline comes first. */
const leastTimeoutSeconds = 60
const timeoutSlackSeconds = 120

/** Which kind of machines a compute environment has. */
export function platformOf(environment: ComputeEnvironmentDetail | undefined, arn: string): Platform {
  if (environment === undefined) {
    throw new RunnerRequestError(`taskRunner: there is no compute environment "${arn}" in this region of this account.`)
  }
  if (environment.containerOrchestrationType === 'EKS') {
    throw new RunnerRequestError('taskRunner: this compute environment is one of EKS: use the Kubernetes task runner.')
  }
  return environment.computeResources?.type?.startsWith('FARGATE') ? 'FARGATE' : 'EC2'
}

/** The description of the one job that will be started with it. */
export function describeJob(parts: JobParts): RegisterJobDefinitionCommandInput {
  const { instance, name, filesImage, platform, request, options, kitUrl } = parts
  const { executionRoleArn, taskRoleArn, resources } = options
  if (platform === 'FARGATE' && executionRoleArn === undefined) {
    throw new RunnerRequestError('taskRunner: "executionRoleArn" is missing, which Fargate needs.')
  }
  const { limits } = request
  const memoryMiB = Math.min(
    resources.request.memory,
    Math.floor((limits.memoryBytes ?? Number.POSITIVE_INFINITY) / 2 ** 20),
  )
  const cpus = Math.min(resources.request.cpu, limits.cpus ?? Number.POSITIVE_INFINITY)
  const deadlineMs = limits.deadlineMs ?? options.waitUntilCompletion
  const common = {
    mountPoints: [{ sourceVolume: volume, containerPath: folder, readOnly: false }],
    stopTimeout: Math.min(Math.ceil(limits.killGraceMs / 1000) + afterGraceSeconds, longestStopSeconds),
    logConfiguration: { logDriver: 'awslogs' as const, options: { 'awslogs-stream-prefix': name } },
  }
  return {
    jobDefinitionName: name,
    type: 'container',
    platformCapabilities: [platform],
    retryStrategy: { attempts: 1 },
    timeout: {
      attemptDurationSeconds: Math.max(Math.ceil(deadlineMs / 1000) + timeoutSlackSeconds, leastTimeoutSeconds),
    },
    tags: tagsOf(instance, request),
    ecsProperties: {
      taskProperties: [
        {
          ...(executionRoleArn !== undefined && { executionRoleArn }),
          ...(taskRoleArn !== undefined && { taskRoleArn }),
          ...(platform === 'FARGATE' && { networkConfiguration: { assignPublicIp: 'ENABLED' as const } }),
          volumes: [{ name: volume }],
          containers: [
            {
              ...common,
              name: 'files',
              image: filesImage,
              user: '0',
              essential: true,
              command: filesCommand(kitUrl),
              resourceRequirements: amounts(filesShare),
            },
            {
              ...common,
              name: 'main',
              image: request.image,
              essential: false,
              dependsOn: [{ containerName: 'files', condition: 'START' }],
              command: mainCommand,
              resourceRequirements: amounts({
                memoryMiB: memoryMiB - filesShare.memoryMiB,
                cpus: cpus - filesShare.cpus,
              }),
            },
          ],
        },
      ],
    },
  }
}

export function tagsOf(instance: string, request: RunnerRequest): Record<string, string> {
  return labelsOf(instance, request, false)
}

function amounts({ memoryMiB, cpus }: { memoryMiB: number; cpus: number }) {
  return [
    { type: 'MEMORY' as const, value: String(memoryMiB) },
    { type: 'VCPU' as const, value: String(Number(cpus.toFixed(3))) },
  ]
}

const waiting = new Set(['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING'])

/** What AWS says of a job; one that it knows no more is over. */
export function stateOf(job: JobDetail | undefined): JobState {
  if (job === undefined) return { phase: 'unknown', isWaiting: false, isOver: true, why: 'AWS Batch knows no such job' }
  const { status = 'unknown', statusReason } = job
  const containers = job.ecsProperties?.taskProperties?.[0]?.containers ?? []
  const main = containers.find(({ name }) => name === 'main')
  const reasons = [statusReason, ...containers.map(({ name, reason }) => reason && `${name}: ${reason}`)]
  const why = [...new Set(reasons.filter(Boolean))].join('; ')
  const reason = reasonOf(why)
  return {
    phase: status,
    isWaiting: waiting.has(status),
    isOver: status === 'SUCCEEDED' || status === 'FAILED',
    ...(why !== '' && { why }),
    ...(main?.exitCode !== undefined && { exitCode: main.exitCode }),
    ...(reason && { reason }),
  }
}

const reasons: [RegExp, NonNullable<JobState['reason']>][] = [
  [/OutOfMemory/i, 'oom'],
  [/CannotPull|InvalidImage|image .*not found/i, 'image'],
  [/exceeded timeout|attemptDurationSeconds/i, 'deadline'],
  [/Host EC2|SpotInterruption|Spot interruption/i, 'evicted'],
]

function reasonOf(why: string): JobState['reason'] {
  return reasons.find(([pattern]) => pattern.test(why))?.[1]
}
