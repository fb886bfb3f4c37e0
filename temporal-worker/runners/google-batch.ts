import type { NamedJob } from './cloud/named-job'
import { unless } from './cloud/refusal'
import { describeBatchJob } from './google/batch-job'
import type { GoogleConnection } from './google/connect'
import { createGoogleRunner, type GoogleRunnerOptions } from './google/create-runner'
import { BatchOptions } from './google/options'
import { containerName } from './labels'
import type { Runner, RunnerRequest } from './runner'

/** Runs each command as a job of Google Batch, in the account that the task gives. */
export function createGoogleBatchRunner(given: GoogleRunnerOptions): Runner {
  return createGoogleRunner(given, {
    name: 'google-batch',
    schema: BatchOptions,
    entryPoint: ({ entryPoint }) => entryPoint.filter(Boolean),
    openJob: (request, options, connection) => openJob(given, request, options, connection),
  })
}

async function openJob(
  { instance, filesImage }: GoogleRunnerOptions,
  request: RunnerRequest,
  options: BatchOptions,
  { projectId, clientOptions }: GoogleConnection,
): Promise<NamedJob> {
  // The library is large: it is loaded at the first use.
  const { BatchServiceClient } = (await import('@google-cloud/batch')).v1
  const client = new BatchServiceClient(clientOptions)
  const id = containerName(instance, request.key)
  const parent = `projects/${projectId}/locations/${options.region}`
  const name = `${parent}/jobs/${id}`

  /** How its one task failed, if it came to have one. */
  async function readFailure() {
    const [task] = await unless(404, () => client.getTask({ name: `${name}/taskGroups/group0/tasks/0` }), [])
    const last = task?.status?.statusEvents?.findLast(event => event.taskExecution)
    const exitCode = last?.taskExecution?.exitCode
    if (typeof exitCode !== 'number') return {}
    const reason = reasons[exitCode]
    return { exitCode, ...(last?.description && { why: last.description }), ...(reason && { reason }) }
  }

  return {
    vendor: 'Google',
    id,
    create: kitUrl =>
      client.createJob({
        parent,
        jobId: id,
        job: describeBatchJob({ instance, request, options, filesImage, kitUrl }),
      }),
    async look() {
      const [{ status }] = await client.getJob({ name })
      const phase = String(status?.state)
      const why = status?.statusEvents?.at(-1)?.description
      return {
        phase,
        isWaiting: waiting.includes(phase),
        isOver: over.includes(phase),
        isLeaving: phase === leaving,
        ...(why && { why }),
        ...(phase === 'FAILED' && (await readFailure())),
      }
    },
    stop: () => client.cancelJob({ name }),
    remove: () => client.deleteJob({ name }),
  }
}

const waiting = ['QUEUED', 'SCHEDULED']
const leaving = 'DELETION_IN_PROGRESS'
const over = ['SUCCEEDED', 'FAILED', 'CANCELLED', leaving]
/** Google's own exit codes, and that of `docker run` for an image that can't be had. */
const reasons: Record<number, 'image' | 'evicted' | 'deadline'> = {
  125: 'image',
  50001: 'evicted',
  50002: 'evicted',
  50003: 'evicted',
  50005: 'deadline',
  50006: 'evicted',
}
