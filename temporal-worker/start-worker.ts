import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@temporalio/client'
import type { Duration } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker'
import { listens } from '#catalog/listens'
import { catalog } from '#catalog/manifests'
import { polls } from '#catalog/polls'
import { runs } from '#catalog/runs'
import { createDatabase } from '#db/client'
import { noteClusterUse } from '#db/note-cluster-use'
import { keepLogPartitions } from '#db/partitions'
import type { PlanName } from '#db/plans'
import { createExecutionRecorder } from '#db/record-execution'
import { createSecretBox, readMasterKeys } from '#db/secret-box'
import { environmentSecrets } from '#db/secrets/environment-secrets'
import { createSealedValues } from '#db/secrets/sealed-values'
import { createSecretStore } from '#db/secrets/secret-store'
import { createStorage } from '#db/storage'
import { tenantDb } from '#db/tenant-db'
import { createStorageRoom } from '#db/usage/storage-room'
import type { Env } from '#infra/env'
import { createActivities } from './activities'
import { createCommandSessions } from './activities/command-session'
import { createWorkFolders } from './activities/command-session/work-folders'
import { type ActivityDependencies, defaultLimits } from './activities/dependencies'
import { hostedEgress, localEgress } from './activities/egress-guard'
import { bundleWorkflows } from './build-bundle'
import { startChores } from './chores/start-chores'
import { executionChannel, flowQueue, groupQueue, taskQueue } from './contract'
import { createRunners, installationName, type RunnersEnv } from './create-runners'
import { startDispatcher } from './dispatch/dispatcher'
import { keepSwept } from './keep-swept'
import { readPolicyFile } from './runner-policy/read-policy-file'
import { createTenantPolicies } from './runner-policy/tenant-policies'
import { hostedPolicy, localPolicy } from './runners/policy'
import { readServerVariables } from './server-variables'
import { startRealtime } from './triggers/realtime/supervisor'

export type RunningWorker = {
  /** Takes no more work and waits for what runs. */
  stop(): void
  stopped: Promise<void>
}

export type WorkerEnv = Pick<
  Env,
  | 'MILLRACE_POLICY'
  | 'MILLRACE_RUNNER_POLICY'
  | 'MILLRACE_LOCAL_FOLDERS'
  | 'MILLRACE_TASK_SLOTS'
  | 'MILLRACE_WORKER_GROUP'
  | 'MILLRACE_OUTPUT_MAX_MIB'
  | 'MILLRACE_WORKFLOW_BUNDLE'
  | 'MILLRACE_LOG_LEVEL'
  | 'TEMPORAL_NAMESPACE'
  | 'MILLRACE_URL'
  | 'MILLRACE_EGRESS_ALLOW'
  | 'MILLRACE_MASTER_KEY'
  | 'MILLRACE_MASTER_KEY_PREVIOUS'
> &
  RunnersEnv & { DATABASE_URL: string; TEMPORAL_ADDRESS: string; STORAGE_URL: string }

/**
 * Starts the workers of both queues in this process, or those of a group's queue alone, where nothing is decided and
 * nothing begins; resolves when they poll.
 */
export async function startWorker(env: WorkerEnv): Promise<RunningWorker> {
  installRuntime(env)
  const connection = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS })
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE })
  const { deps, tenants, rowsOfTenants, close } = await createDependencies(env, client)
  const activities = createActivities(deps)
  const common = {
    connection,
    namespace: env.TEMPORAL_NAMESPACE,
    shutdownGraceTime: '10s',
    shutdownForceTime: '60s',
  } as const
  const isOfGroup = env.MILLRACE_WORKER_GROUP !== undefined
  const options = [taskOptions(env), ...(isOfGroup ? [] : [flowOptions(await workflowBundle(env))])]
  const workers = await Promise.all(options.map(own => Worker.create({ ...common, ...own, activities })))
  const running = Promise.all(workers.map(worker => worker.run()))
  const stopSweeping = keepSwept(deps, { tenants, rowsOfTenants, isOfGroup })
  const dispatcher = isOfGroup ? undefined : startDispatcher(deps, { databaseUrl: env.DATABASE_URL, tenants })
  const realtime = isOfGroup ? undefined : startRealtime(deps, { tenants })
  const chores = isOfGroup ? undefined : startChores(deps, { tenants })
  return {
    stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
      void realtime?.stop()
    },
    stopped: running
      .then(() => undefined)
      .finally(async () => {
        stopSweeping()
        await Promise.all([dispatcher?.stop(), realtime?.stop(), chores?.stop()])
        await connection.close()
        await close()
      }),
  }
}

/** The SDK has this option, and does not show it in its types. */
type Isolated = { isolateExecutionTimeout: Duration }

/** Walks flows: many at once, each kept in memory between its turns. */
export function flowOptions(
  bundle: WorkerOptions['workflowBundle'],
): Partial<WorkerOptions> & Isolated & { taskQueue: string } {
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
    // A walk bounds its turns itself, in steps. By the clock, five seconds if not said otherwise, a machine with other work
    // would interrupt it in the midst of one, and that takes the whole worker down.
    isolateExecutionTimeout: '1m',
  }
}

function taskOptions(env: WorkerEnv): Partial<WorkerOptions> & { taskQueue: string } {
  return {
    taskQueue: env.MILLRACE_WORKER_GROUP === undefined ? taskQueue : groupQueue(env.MILLRACE_WORKER_GROUP),
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

async function createDependencies(
  env: WorkerEnv,
  client: Client,
): Promise<{
  deps: ActivityDependencies
  tenants(): Promise<string[]>
  rowsOfTenants(): Promise<string[]>
  close(): Promise<void>
}> {
  const isHosted = env.MILLRACE_POLICY === 'hosted'
  const policyFile = await readPolicyFile(env.MILLRACE_RUNNER_POLICY)
  const instance = installationName(env.DATABASE_URL)
  const runners = await createRunners(env, { instance })
  const folders = createWorkFolders(join(tmpdir(), 'millrace-work', instance))
  const database = createDatabase(env.DATABASE_URL)
  const stopPartitions = keepLogPartitions(database, error => console.error('No new partitions of the log:', error))
  const recorder = createExecutionRecorder(env.DATABASE_URL, { channel: executionChannel })
  const db = (tenantId: string) => tenantDb(tenantId, database)
  const policyOf = createTenantPolicies({
    base: isHosted ? hostedPolicy : localPolicy,
    file: policyFile,
    readTenant: async id => {
      const { slug, plan } = await database.tenant.findUniqueOrThrow({
        where: { id },
        select: { slug: true, plan: true },
      })
      return { slug, plan: plan as PlanName }
    },
  })
  const box = createSecretBox(readMasterKeys(env), db)
  const deps: ActivityDependencies = {
    recorder,
    db,
    client,
    secrets: createSecretStore(box, db, environmentSecrets(process.env, env.MILLRACE_POLICY)),
    sealedValues: createSealedValues(box),
    storage: createStorage(env.STORAGE_URL),
    storageRoom: createStorageRoom(),
    commandSessions: createCommandSessions({
      runners,
      policyOf,
      folders,
      noteKept: tenantId => noteClusterUse(db(tenantId), tenantId),
    }),
    catalog,
    runs,
    polls,
    listens,
    workerGroups: policyFile.workerGroups,
    egress: isHosted ? hostedEgress(env.MILLRACE_EGRESS_ALLOW) : localEgress,
    machine: isHosted
      ? { hasCredentials: false, folders: [] }
      : { hasCredentials: true, folders: env.MILLRACE_LOCAL_FOLDERS },
    limits: { ...defaultLimits, outputBytes: env.MILLRACE_OUTPUT_MAX_MIB * 1024 * 1024 },
    folders,
    serverVariables: readServerVariables(process.env, env.MILLRACE_URL),
    report: (error, where) => console.error('A task failed for a reason of its own:', where, error),
  }
  return {
    deps,
    // Those that are to be deleted, too: the dispatcher takes them away.
    tenants: async () =>
      (await database.tenant.findMany({ where: { deletedAt: null }, select: { id: true } })).map(({ id }) => id),
    // Also those that are to be deleted: what they have is not left over yet.
    rowsOfTenants: async () => (await database.tenant.findMany({ select: { id: true } })).map(({ id }) => id),
    async close() {
      stopPartitions()
      await recorder.close()
      await database.$disconnect()
    },
  }
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
