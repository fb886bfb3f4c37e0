/** For tests of `run.ts`: a RunContext with a real storage in a temporary folder, and all that was logged. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { z } from 'zod'
import { createStorage, type Storage } from '#db/storage'
import type {
  KvStore,
  LogLevel,
  MachineAccess,
  Metric,
  PluginDefinition,
  Polled,
  Polling,
  Records,
  Run,
  RunContext,
} from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { createAnswerCall } from '#worker/activities/answer-calls'
import { type EgressGuard, localEgress } from '#worker/activities/egress-guard'
import { createHostResolver, createOutboundFetch } from '#worker/activities/outbound-fetch'
import { createRenderer } from '#worker/activities/renderer'
import { runHeldTask } from '#worker/activities/run-held-task'
import { createTaskStorage, type TaskStorageOptions } from '#worker/activities/task-storage'

export type TestContext = RunContext & {
  logs: { level: LogLevel; message: string }[]
  metrics: Metric[]
  /** Aborts `signal`, as kill and timeout do. */
  abort(reason?: Error): void
  /** The whole storage, past the task's view of it. */
  stored: Storage
  /** What a stored file holds. */
  read(uri: string): Promise<string>
  /** Removes all folders. */
  close(): Promise<void>
}

export type TestContextOptions = {
  /** What expressions see. */
  variables?: JsonObject
  kv?: KvStore
  /** What the database would answer. */
  records?: Records
  guard?: EgressGuard
  machine?: MachineAccess
  env?: { [name: string]: string | undefined }
}

const openToAll: TaskStorageOptions['access'] = {
  admitted: async holders => [...holders],
  refusal: async () => null,
}

/** @example const ctx = await createTestContext(); afterAll(ctx.close) */
export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const { variables = {}, kv = createMemoryKv(), guard = localEgress, env = {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'millrace-test-'))
  const stored = createStorage(pathToFileURL(join(folder, 'storage')).href)
  const ref = { namespace: 'company.team', flowId: 'my_flow', executionId: 'e1', taskId: 'my_task', taskRunId: 't1' }
  const storage = createTaskStorage({ ...ref, storage: stored, tenantId: 'acme', access: openToAll })
  const controller = new AbortController()
  const { signal } = controller
  const outboundFetch = createOutboundFetch({ signal, guard, env })
  const errorLogs = async () => []
  const renderer = createRenderer(
    createAnswerCall({ storage, kv, secrets: noSecrets, fetch: outboundFetch, namespace: ref.namespace, errorLogs }),
  )
  const logs: TestContext['logs'] = []
  const metrics: Metric[] = []

  const context: TestContext = {
    ...ref,
    tenantId: 'acme',
    attempt: 1,
    render: async (value, extra = {}) => renderer(value, { ...variables, ...extra }),
    log: (level, message) => void logs.push({ level, message }),
    metric: metric => void metrics.push(metric),
    storage,
    kv,
    purge: { executions: withoutDatabase, logs: withoutDatabase },
    records: options.records ?? noRecords,
    async runTask(task) {
      const [{ catalog }, { runs }] = await Promise.all([import('#catalog/manifests'), import('#catalog/runs')])
      return runHeldTask({ catalog, runs }, task, { context, renderer, scope: variables })
    },
    workingDir: () => mkdtemp(join(folder, 'work-')),
    openCommandSession: async () => {
      throw new Error('this test context runs no commands')
    },
    fetch: outboundFetch,
    resolveHost: createHostResolver(guard),
    machine: options.machine ?? { hasCredentials: true, folders: [] },
    signal,
    logs,
    metrics,
    abort: (reason = new Error('killed')) => controller.abort(reason),
    stored,
    read: async uri => text(await storage.open(uri)),
    close: () => rm(folder, { recursive: true, force: true }),
  }
  return context
}

/** No plugin reads secrets by itself; expressions with them are tested with the activities. */
const noSecrets = { get: withoutDatabase, unseal: withoutDatabase, seal: withoutDatabase }

const noRecords: Records = {
  logs: () => {
    throw new Error('this test context has no database')
  },
  countExecutions: withoutDatabase,
  resume: withoutDatabase,
  toggleTrigger: withoutDatabase,
}

async function withoutDatabase(): Promise<never> {
  throw new Error('this test context has no database')
}

/** Runs a plugin with properties as YAML gives them: parsed by its own schema first. */
export async function runPlugin<P extends z.ZodObject, O extends z.ZodObject>(
  plugin: PluginDefinition<P, O>,
  run: Run<PluginDefinition<P, O>>,
  ctx: RunContext,
  properties: JsonObject,
): Promise<{ [name: string]: Json }> {
  return run(ctx, plugin.properties.parse(properties) as z.output<P>)
}

/** Polls a trigger with properties as YAML gives them, and with what the poll before remembered. */
export async function pollPlugin<P extends z.ZodObject, O extends z.ZodObject>(
  plugin: PluginDefinition<P, O>,
  { poll }: Polling<PluginDefinition<P, O>>,
  ctx: RunContext,
  properties: JsonObject,
  memory: JsonObject = {},
): Promise<Polled> {
  return poll({ ...ctx, memory }, plugin.properties.parse(properties) as z.output<P>)
}

/** KV entries of one test; expiry counts, inheritance from parent namespaces too. */
export function createMemoryKv(): KvStore {
  const entries = new Map<string, { value: Json; expiresAt: number }>()
  const idOf = (namespace: string, key: string) => `${namespace}\n${key}`
  const live = (id: string) => {
    const entry = entries.get(id)
    return entry && entry.expiresAt > Date.now() ? entry : undefined
  }
  return {
    async get(key, namespace = 'company.team') {
      for (let place = namespace; place !== ''; place = place.split('.').slice(0, -1).join('.')) {
        const entry = live(idOf(place, key))
        if (entry) return { value: entry.value }
      }
      return null
    },
    async set(key, value, { namespace = 'company.team', overwrite = true, ttlMs = Number.POSITIVE_INFINITY } = {}) {
      const id = idOf(namespace, key)
      if (!overwrite && live(id)) throw new Error(`The key ${key} exists`)
      entries.set(id, { value, expiresAt: Date.now() + ttlMs })
    },
    async delete(key, namespace = 'company.team') {
      return entries.delete(idOf(namespace, key))
    },
    async keys(prefix = '', namespace = 'company.team') {
      const start = idOf(namespace, prefix)
      const ids = [...entries.keys()].filter(id => id.startsWith(start) && live(id))
      return ids.map(id => id.slice(namespace.length + 1)).sort()
    },
    async purge(isWanted, { expiredOnly }) {
      const due = [...entries.keys()].filter(id => {
        const [namespace = '', key = ''] = id.split('\n')
        return isWanted({ namespace, key }) && !(expiredOnly && live(id))
      })
      for (const id of due) entries.delete(id)
      return due.length
    },
  }
}
