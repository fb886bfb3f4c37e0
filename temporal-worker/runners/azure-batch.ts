import { Readable } from 'node:stream'
import type { BatchServiceModels } from '@azure/batch'
import type { Blobs } from './azure/blobs'
import { AzureBatchOptions, blobAccess, type AzureBatchOptions as Options } from './azure/options'
import { startFile, startScript } from './azure/start-script'
import { describeJob, describeTask, taskId } from './azure/task'
import { jobsOfOne, type NamedJob, type NamedJobState } from './cloud/named-job'
import { unless } from './cloud/refusal'
import { runCloudJob } from './cloud/run-job'
import { outputDir, workingDir } from './cloud/scripts'
import { containerName } from './labels'
import { parseOptions } from './option-schemas'
import { cancelledBeforeStart, type Runner, type RunnerRequest } from './runner'

/** Runs each command as a job of Azure Batch, in the account and on the pool that the task gives. */
export function createAzureBatchRunner({ instance }: { instance: string }): Runner {
  return {
    name: 'azure-batch',
    isAvailable: async () => true,
    paths: () => ({ workingDir, outputDir }),

    async run(asked, events, signal) {
      const options = parseOptions(AzureBatchOptions, asked.options)
      const access = blobAccess(options)
      if (signal.aborted) return cancelledBeforeStart
      const { openBlobs, openNodeStore, connect } = await loadLibraries()
      const id = containerName(instance, asked.key)
      const blobs = openBlobs(access, { container: options.blobStorage.containerName, folder: `millrace/${id}` })
      const request = { ...asked, env: { ...asked.env, BUCKET_PATH: blobs.address } }
      const client = connect(options)
      const store = openNodeStore(client, { jobId: id, taskId }, blobs)
      const jobs = jobsOfOne(openJob({ client, blobs, instance, id, request, options }))
      return await runCloudJob({ jobs, store, request, options, events }, signal)
    },

    // Only the task knows the account. Its next attempt finds the job; Azure ends it at its deadline.
    sweep: async () => 0,
  }
}

/** They are large: they are loaded at the first use. */
async function loadLibraries() {
  const [{ BatchServiceClient, BatchSharedKeyCredentials }, { openBlobs }, { openNodeStore }] = await Promise.all([
    import('@azure/batch'),
    import('./azure/blobs'),
    import('./azure/node-store'),
  ])
  const connect = ({ account, accessKey, endpoint }: Options) =>
    new BatchServiceClient(new BatchSharedKeyCredentials(account, accessKey), endpoint)
  return { openBlobs, openNodeStore, connect }
}

type Client = ReturnType<Awaited<ReturnType<typeof loadLibraries>>['connect']>

function openJob(given: {
  client: Client
  blobs: Blobs
  instance: string
  id: string
  request: RunnerRequest
  options: Options
}): NamedJob {
  const { client, blobs, id, request, options } = given
  const linkMs = (request.limits.deadlineMs ?? options.waitUntilCompletion) + 60 * 60_000
  return {
    vendor: 'Azure',
    id,
    async create(kitUrl) {
      await client.job.add(describeJob(given))
      await blobs.put(startFile, Readable.from([startScript]))
      const links = { kit: kitUrl, start: await blobs.signGet(startFile, linkMs) }
      await client.task.add(id, describeTask({ request, options, links }))
      // Accounts may have few jobs that are open; to the task it makes no difference.
      await client.job.patch(id, { onAllTasksComplete: 'terminatejob' }).catch(() => {})
    },
    async look() {
      const job = await client.job.get(id)
      const isLeaving = job.state === 'deleting'
      const task = await unless(404, () => client.task.get(id, taskId), undefined)
      if (task === undefined) return { phase: 'empty', isWaiting: false, isOver: true, isLeaving }
      return { ...stateOf(task), isLeaving }
    },
    stop: () => unless(409, () => client.task.terminate(id, taskId), undefined),
    remove: () => client.job.deleteMethod(id),
  }
}

function stateOf({ state = 'active', executionInfo }: BatchServiceModels.CloudTask): NamedJobState {
  const { exitCode, failureInfo, containerInfo } = executionInfo ?? {}
  const why = [failureInfo?.message, containerInfo?.error].filter(Boolean).join(': ')
  const isImage = /Image|Registry/i.test(failureInfo?.code ?? '')
  return {
    phase: state,
    isWaiting: state === 'active' || state === 'preparing',
    isOver: state === 'completed',
    ...(why && { why }),
    ...(exitCode !== undefined && { exitCode }),
    ...(isImage && { reason: 'image' as const }),
  }
}
