import { createNamespaceAccess } from '#db/namespace-access'
import type { ExecutionRef } from '#db/record-execution'
import { executionIdOf, toStorageUri } from '#db/storage/uri'
import type { RunContext } from '#language/define-plugin'
import type { Scope } from '#language/expressions/types'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { createAnswerCall } from './answer-calls'
import type { ActivityDependencies } from './dependencies'
import { createKvStore, withoutSecrets } from './kv-store'
import { createMasker, type Masker } from './masking/masker'
import { createHostResolver, createOutboundFetch } from './outbound-fetch'
import { createPurge } from './purge'
import { createRecords } from './records'
import { createRenderer, type Renderer } from './renderer'
import type { RoomWait } from './room-wait'
import { runHeldTask } from './run-held-task'
import type { TaskLog } from './task-log'
import { createTaskSecrets, type TaskSecrets } from './task-secrets'
import { createTaskStorage } from './task-storage'

export type ContextOptions = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  taskId: string
  taskRunId: string
  attempt: number
  scope: JsonObject
  signal: AbortSignal
  log: Pick<TaskLog, 'log' | 'metric'> & Partial<Pick<TaskLog, 'startOver' | 'endRepeats' | 'caughtUp'>>
  /** The log's, where what it says is kept. */
  masker?: Masker
  timeoutMs?: number
  /** A folder shared with other tasks (WorkingDirectory); a fresh one if absent. */
  folder?: string
  /** Where the task can come back for room; else its commands wait for it. */
  room?: RoomWait
}

export type OpenContext = {
  context: RunContext
  renderer: Renderer
  scope: Scope
  /** Removes what the task left on this machine. */
  close(): Promise<void>
}

export type OpenTask = OpenContext & { secrets: TaskSecrets; masker: Masker }

/** Builds all that a plugin's `run` may touch. */
export function openTaskContext(deps: ActivityDependencies, options: ContextOptions): OpenTask {
  const { execution, taskId, taskRunId, attempt, signal, log, masker = createMasker() } = options
  const { tenantId, executionId, namespace, flowId } = execution
  const scope: Scope = { ...deps.serverVariables, ...options.scope }
  const storage = createTaskStorage({
    storage: deps.storage,
    tenantId,
    ...ref(options),
    access: createNamespaceAccess(deps.db(tenantId), tenantId, namespace),
    mayRead: path => mayRead(options, path),
    room: {
      require: () => deps.storageRoom.require(deps.db(tenantId), tenantId),
      add: bytes => deps.storageRoom.add(tenantId, bytes),
    },
  })
  const kv = withoutSecrets(createKvStore(deps.db(tenantId), tenantId, namespace), masker)
  const place = { tenantId, namespace, flowId }
  const secrets = createTaskSecrets({ secrets: deps.secrets, sealedValues: deps.sealedValues, place, masker })
  const fetch = createOutboundFetch({ signal, guard: deps.egress })
  const errorLogs = () => readErrorLogs(deps, execution)
  const renderer = createRenderer(createAnswerCall({ storage, kv, secrets, fetch, namespace, errorLogs }))
  const cleanups: (() => Promise<void>)[] = []
  const context: RunContext = {
    tenantId,
    executionId,
    namespace,
    flowId,
    taskId,
    taskRunId,
    attempt,
    render: (value, extra = {}) => renderer(value, { ...scope, ...extra }),
    log: log.log,
    metric: log.metric,
    storage,
    kv,
    purge: createPurge({ db: deps.db(tenantId), storage: deps.storage, tenantId, signal }),
    records: createRecords({ db: deps.db(tenantId), tenantId, client: deps.client, masker, signal }),
    runTask: task => runHeldTask(deps, task, { context, renderer, scope }),
    fetch,
    resolveHost: createHostResolver(deps.egress),
    machine: deps.machine,
    signal,
    async workingDir() {
      if (options.folder !== undefined) return options.folder
      const folder = await deps.folders.create({ tenantId, executionId, taskRunId, attempt })
      cleanups.push(folder.remove)
      return folder.hostDir
    },
    async openCommandSession(taskRunner) {
      const key = { tenantId, executionId, taskRunId, attempt }
      const { timeoutMs, folder, room } = options
      const waiting = room && {
        comesBack: { waitsSinceMs: room.sinceMs },
        begun() {
          room.begun()
          log.endRepeats?.()
        },
      }
      const commandScope = { key, labels: labelsOf(options), ...log, storage, signal, timeoutMs, folder, ...waiting }
      const session = await deps.commandSessions.open(commandScope, taskRunner)
      cleanups.push(() => session.close())
      return session
    },
  }
  return {
    context,
    renderer,
    scope,
    secrets,
    masker,
    async close() {
      await Promise.all(cleanups.map(cleanup => cleanup()))
    },
  }
}

function ref({ execution, taskId, taskRunId }: ContextOptions) {
  const { namespace, flowId, executionId } = execution
  return { namespace, flowId, executionId, taskId, taskRunId }
}

function labelsOf(options: ContextOptions): Record<string, string> {
  const { execution, taskId, taskRunId, attempt } = options
  return {
    'kestra.io/namespace': execution.namespace,
    'kestra.io/flow-id': execution.flowId,
    'kestra.io/execution-id': execution.executionId,
    'kestra.io/task-id': taskId,
    'kestra.io/taskrun-id': taskRunId,
    'kestra.io/taskrun-attempt': String(attempt),
  }
}

/** Files of executions that this one comes from, and those it was handed as inputs or by its trigger. */
function mayRead({ originalId, parentId, scope }: ContextOptions, path: string): boolean {
  const owner = executionIdOf(path)
  if (owner !== null && (owner === originalId || owner === parentId)) return true
  const uri = toStorageUri(path)
  return holdsText(scope.inputs, uri) || holdsText(scope.trigger, uri) || holdsText(scope.outputs, uri)
}

function holdsText(value: Json | undefined, text: string): boolean {
  if (typeof value === 'string') return value === text
  if (Array.isArray(value)) return value.some(item => holdsText(item, text))
  return isJsonObject(value) && Object.values(value).some(item => holdsText(item, text))
}

const maxErrorLogs = 1000

async function readErrorLogs(deps: ActivityDependencies, { tenantId, executionId }: ExecutionRef): Promise<Json> {
  const lines = await deps.db(tenantId).log.findMany({
    where: { tenantId, executionId, level: 'ERROR' },
    orderBy: { position: 'asc' },
    take: maxErrorLogs,
  })
  return lines.map(line => ({
    taskId: line.taskId,
    taskRunId: line.taskRunId,
    timestamp: line.timestamp.toISOString(),
    level: line.level,
    message: line.message,
  }))
}
