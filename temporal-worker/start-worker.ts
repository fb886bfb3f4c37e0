import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker'
import { catalog } from '#catalog/manifests'
import { runs } from '#catalog/runs'
import { createDatabase } from '#db/client'
import { keepLogPartitions } from '#db/partitions'
import { createExecutionRecorder } from '#db/record-execution'
import { createStorage } from '#db/storage'
import { tenantDb } from '#db/tenant-db'
import type { Env } from '#infra/env'
import { createActivities } from './activities'
import { createCommandSessions } from './activities/command-session'
import { createWorkFolders } from './activities/command-session/work-folders'
import { type ActivityDependencies, defaultLimits } from './activities/dependencies'
import { hostedEgress, localEgress } from './activities/egress-guard'
import { bundleWorkflows } from './build-bundle'
import { executionChannel, flowQueue, taskQueue } from './contract'
import { createRunners, installationName } from './create-runners'
import { hostedPolicy, localPolicy } from './runners/policy'
import { readServerVariables } from './server-variables'

export type RunningWorker = {
  /** Takes no more work and waits for what runs. */
  stop(): void
  stopped: Promise<void>
}

export type WorkerEnv = Pick<
  Env,
  | 'MILLRACE_POLICY'
  | 'MILLRACE_TASK_SLOTS'
  | 'MILLRACE_WORKFLOW_BUNDLE'
  | 'MILLRACE_LOG_LEVEL'
  | 'TEMPORAL_NAMESPACE'
  | 'MILLRACE_URL'
> & { DATABASE_URL: string; TEMPORAL_ADDRESS: string; STORAGE_URL: string }

/** Starts the workers of both queues in this process; resolves when they poll. */
export async function startWorker(env: WorkerEnv): Promise<RunningWorker> {
  installRuntime(env)
  const connection = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS })
  const { deps, close } = await createDependencies(env)
  const activities = createActivities(deps)
  const common = {
    connection,
    namespace: env.TEMPORAL_NAMESPACE,
    shutdownGraceTime: '10s',
    shutdownForceTime: '60s',
  } as const
  const flows = await Worker.create({ ...common, ...flowOptions(await workflowBundle(env)), activities })
  const tasks = await Worker.create({ ...common, ...taskOptions(env), activities })
  const running = Promise.all([flows.run(), tasks.run()])
  const stopSweeping = keepSwept(deps)
  return {
    stop() {
      for (const worker of [flows, tasks]) if (worker.getState() === 'RUNNING') worker.shutdown()
    },
    stopped: running
      .then(() => undefined)
      .finally(async () => {
        stopSweeping()
        await connection.close()
        await close()
      }),
  }
}

/** Walks flows: many at once, each kept in memory between its turns. */
function flowOptions(bundle: WorkerOptions['workflowBundle']): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue: flowQueue,
    workflowBundle: bundle,
    // Records only: tasks have a queue of their own.
    enableNonLocalActivities: false,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 40,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 16 },
    maxCachedWorkflows: 500,
    workflowThreadPoolSize: 1,
    reuseV8Context: true,
  }
}

function taskOptions(env: WorkerEnv): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue,
    maxConcurrentActivityTaskExecutions: env.MILLRACE_TASK_SLOTS,
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 16 },
    // A kill is noticed with a heartbeat.
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
  }
}

async function workflowBundle(env: WorkerEnv): Promise<WorkerOptions['workflowBundle']> {
  const codePath = env.MILLRACE_WORKFLOW_BUNDLE
  return codePath === undefined ? bundleWorkflows() : { codePath }
}

async function createDependencies(env: WorkerEnv): Promise<{ deps: ActivityDependencies; close(): Promise<void> }> {
  const isHosted = env.MILLRACE_POLICY === 'hosted'
  const policy = isHosted ? hostedPolicy : localPolicy
  const instance = installationName(env.DATABASE_URL)
  const folders = createWorkFolders(join(tmpdir(), 'millrace-work', instance))
  const database = createDatabase(env.DATABASE_URL)
  const stopPartitions = keepLogPartitions(database, error => console.error('No new partitions of the log:', error))
  const recorder = createExecutionRecorder(env.DATABASE_URL, { channel: executionChannel })
  const deps: ActivityDependencies = {
    recorder,
    db: tenantId => tenantDb(tenantId, database),
    storage: createStorage(env.STORAGE_URL),
    commandSessions: createCommandSessions({ runners: createRunners({ instance }), policy, folders }),
    catalog,
    runs,
    egress: isHosted ? hostedEgress : localEgress,
    limits: defaultLimits,
    folders,
    serverVariables: readServerVariables(process.env, env.MILLRACE_URL),
    report: (error, where) => console.error('A task failed for a reason of its own:', where, error),
  }
  return {
    deps,
    async close() {
      stopPartitions()
      await recorder.close()
      await database.$disconnect()
    },
  }
}

/** A task that a lost worker began is live until it has run again, so its leftovers go with a later sweep. */
const sweepEveryMs = 5 * 60_000

/** Removes what workers that died left on this machine, now and from time to time. */
function keepSwept(deps: ActivityDependencies): () => void {
  const sweep = () =>
    deps.commandSessions
      .sweep(key => isRunning(deps, key))
      .catch(error => console.error('What dead workers left could not all be removed:', error))
  void sweep()
  const timer = setInterval(sweep, sweepEveryMs)
  return () => clearInterval(timer)
}

/** Whether the record knows a task run as being worked on. */
async function isRunning(
  deps: ActivityDependencies,
  key: { tenantId: string; executionId: string; taskRunId: string },
): Promise<boolean> {
  const { tenantId, executionId, taskRunId } = key
  const where = { tenantId, executionId, id: taskRunId, state: { in: ['CREATED', 'RUNNING'] } }
  return (await deps.db(tenantId).taskRun.count({ where })) > 0
}

let isInstalled = false

/** Once per process: Temporal's own log goes to stderr at the level of ours. */
function installRuntime(env: WorkerEnv): void {
  if (isInstalled) return
  isInstalled = true
  const level = env.MILLRACE_LOG_LEVEL.toUpperCase() as 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  // At `info` Temporal tells of each start and stop; that is our own to say.
  const logger = new DefaultLogger(level === 'INFO' ? 'WARN' : level, ({ level: of, message, meta }) => {
    // The queue of tasks has none, on purpose.
    if (!message.startsWith('No workflows registered')) console.error(`temporal ${of} ${message}`, meta ?? '')
  })
  Runtime.install({ logger, shutdownSignals: [] })
}
