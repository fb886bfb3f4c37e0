import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type BatchClient,
  CreateJobQueueCommand,
  DeregisterJobDefinitionCommand,
  DescribeComputeEnvironmentsCommand,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  type JobDetail,
  type JobQueueDetail,
  paginateDescribeJobDefinitions,
  paginateListJobs,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch'
import type { CloudJobs } from '../cloud/run-job'
import { RunnerRequestError } from '../runner'
import { describeJob, type JobParts, platformOf, stateOf, tagsOf } from './job'

const queueTries = 60
const queueEveryMs = 2000

/** The jobs of one attempt: its job definition and its jobs bear the attempt's name. */
export function batchJobs(batch: BatchClient, parts: Omit<JobParts, 'kitUrl' | 'platform'>): CloudJobs {
  const { instance, name, request, options } = parts
  let queue: Promise<string> | undefined
  const findQueue = () =>
    (queue ??= options.jobQueueArn ? Promise.resolve(options.jobQueueArn) : ownQueue(batch, parts))

  async function describe(jobId: string): Promise<JobDetail | undefined> {
    const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))
    return jobs[0]
  }

  return {
    async find() {
      const filters = [{ name: 'JOB_NAME', values: [name] }]
      const found: { id: string; createdAt: number }[] = []
      for await (const { jobSummaryList } of paginateListJobs(
        { client: batch },
        { jobQueue: await findQueue(), filters },
      )) {
        for (const { jobId, createdAt = 0 } of jobSummaryList ?? []) found.push({ id: jobId ?? '', createdAt })
      }
      return found.sort((a, b) => b.createdAt - a.createdAt)[0]?.id
    },
    async start(kitUrl) {
      const { computeEnvironmentArn } = options
      const { computeEnvironments = [] } = await batch.send(
        new DescribeComputeEnvironmentsCommand({ computeEnvironments: [computeEnvironmentArn] }),
      )
      const platform = platformOf(computeEnvironments[0], computeEnvironmentArn)
      const description = describeJob({ ...parts, platform, kitUrl })
      const { jobDefinitionArn } = await batch.send(new RegisterJobDefinitionCommand(description))
      const { jobId } = await batch.send(
        new SubmitJobCommand({
          jobName: name,
          jobQueue: await findQueue(),
          jobDefinition: jobDefinitionArn,
          tags: tagsOf(instance, request),
        }),
      )
      return jobId ?? ''
    },
    look: async id => stateOf(await describe(id)),
    async stop(id) {
      await batch.send(new TerminateJobCommand({ jobId: id, reason: 'Ended by Millrace' }))
    },
    async remove() {
      const ours = { jobDefinitionName: name, status: 'ACTIVE' }
      for await (const { jobDefinitions } of paginateDescribeJobDefinitions({ client: batch }, ours)) {
        for (const { jobDefinitionArn } of jobDefinitions ?? [])
          await batch.send(new DeregisterJobDefinitionCommand({ jobDefinition: jobDefinitionArn }))
      }
    },
  }
}

/** Where the flow names no queue: one for all jobs of a compute environment. It stays; it costs nothing. */
async function ownQueue(
  batch: BatchClient,
  { options: { computeEnvironmentArn } }: Pick<JobParts, 'options'>,
): Promise<string> {
  const hash = createHash('sha256').update(computeEnvironmentArn).digest('hex').slice(0, 16)
  const jobQueueName = `millrace-${hash}`
  if ((await describeQueue(batch, jobQueueName)) === undefined) {
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment: computeEnvironmentArn }]
    const creation = new CreateJobQueueCommand({
      jobQueueName,
      state: 'ENABLED',
      priority: 10,
      computeEnvironmentOrder,
    })
    // Another task may have been first: then there is one, and this one's refusal says nothing.
    await batch.send(creation).catch(async error => {
      if ((await describeQueue(batch, jobQueueName)) === undefined) throw error
    })
  }
  for (let tries = 0; tries < queueTries; tries++) {
    const { status, statusReason, jobQueueArn = '' } = (await describeQueue(batch, jobQueueName)) ?? {}
    if (status === 'VALID') return jobQueueArn
    if (status === 'INVALID') throw new RunnerRequestError(`taskRunner: the queue ${jobQueueName}: ${statusReason}`)
    await delay(queueEveryMs)
  }
  throw new Error(`The queue ${jobQueueName} was not ready within ${(queueTries * queueEveryMs) / 1000} s`)
}

async function describeQueue(batch: BatchClient, name: string): Promise<JobQueueDetail | undefined> {
  const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [name] }))
  return jobQueues[0]
}
