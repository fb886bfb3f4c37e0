import type { NamedJob } from './cloud/named-job'
import { unless } from './cloud/refusal'
import type { JobState } from './cloud/run-job'
import { describeCloudRunJob, executionToken } from './google/cloud-run-job'
import type { GoogleConnection } from './google/connect'
import { createGoogleRunner, type GoogleRunnerOptions } from './google/create-runner'
import { CloudRunOptions } from './google/options'
import { containerName } from './labels'
import type { Runner, RunnerRequest } from './runner'

/** Runs each command as a job of Google Cloud Run, in the account that the task gives. */
export function createCloudRunRunner(given: GoogleRunnerOptions): Runner {
  return createGoogleRunner(given, {
    name: 'cloud-run',
    schema: CloudRunOptions,
    openJob: (request, options, connection) => openJob(given, request, options, connection),
  })
}

async function openJob(
  { instance, filesImage }: GoogleRunnerOptions,
  request: RunnerRequest,
  options: CloudRunOptions,
  { projectId, key, clientOptions }: GoogleConnection,
): Promise<NamedJob> {
  // The library is large: it is loaded at the first use.
  const { JobsClient, ExecutionsClient, TasksClient } = (await import('@google-cloud/run')).v2
  const jobs = new JobsClient(clientOptions)
  const executions = new ExecutionsClient(clientOptions)
  const tasks = new TasksClient(clientOptions)
  const id = containerName(instance, request.key)
  const parent = `projects/${projectId}/locations/${options.region}`
  const name = `${parent}/jobs/${id}`
  const execution = `${name}/executions/${id}-${executionToken}`
  const runtimeAccount = options.runtimeServiceAccount ?? key.client_email

  async function readEnd(): Promise<Partial<JobState>> {
    const [[task]] = await unless(404, () => tasks.listTasks({ parent: execution }), [[]])
    const { exitCode, termSignal, status } = task?.lastAttemptResult ?? {}
    const code = exitCode || (termSignal ? 128 + termSignal : undefined)
    const why = status?.message
    return { ...(code && { exitCode: code }), ...(why && { why, ...reasonIn(why) }) }
  }

  return {
    vendor: 'Google',
    id,
    create: kitUrl =>
      jobs.createJob({
        parent,
        jobId: id,
        job: describeCloudRunJob({ instance, request, options, runtimeAccount, filesImage, kitUrl }),
      }),
    async look() {
      const [{ latestCreatedExecution: run, terminalCondition, deleteTime }] = await jobs.getJob({ name })
      const why = terminalCondition?.message
      const isLeaving = deleteTime != null
      if (run?.name) {
        const isOver = run.completionTime != null
        const phase = String(run.completionStatus)
        const isWaiting = phase === 'EXECUTION_PENDING'
        return { phase, isWaiting, isOver, isLeaving, ...(why && { why }), ...(isOver && (await readEnd())) }
      }
      const phase = String(terminalCondition?.state ?? 'CONDITION_PENDING')
      const isOver = phase === 'CONDITION_FAILED'
      return { phase, isWaiting: !isOver, isOver, isLeaving, ...(why && { why, ...(isOver && reasonIn(why)) }) }
    },
    stop: () => executions.cancelExecution({ name: execution }),
    remove: () => jobs.deleteJob({ name }),
  }
}

/** Cloud Run tells it in words alone. */
function reasonIn(why: string): Pick<JobState, 'reason'> {
  if (/memory limit/i.test(why)) return { reason: 'oom' }
  if (/timeout|deadline/i.test(why)) return { reason: 'deadline' }
  return /\bimage\b/i.test(why) ? { reason: 'image' } : {}
}
