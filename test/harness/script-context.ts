import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { LogLevel, Metric, RunContext, TaskStorage } from '#language/define-plugin'
import type { Json } from '#language/json'
import { createCommandSessions } from '#worker/activities/command-session'
import { createWorkFolders } from '#worker/activities/command-session/work-folders'
import { localPolicy } from '#worker/runners/policy'
import { createProcessRunner } from '#worker/runners/process'
import type { Runner } from '#worker/runners/runner'

export type ScriptHarness = {
  ctx: RunContext
  logs: { level: LogLevel; message: string }[]
  metrics: Metric[]
  /** Stores a file as an earlier task would have; returns its URI. */
  store(name: string, content: string | Buffer): Promise<string>
  read(uri: Json | undefined): Promise<string>
  root: string
  stop(): Promise<void>
}

const base = 'kestra:///company/team/hello/executions/1/tasks/task/2'

/** A context for plugins that run users' code: real sessions on a real runner, files in a temporary folder. */
export async function startScriptHarness(runners?: Runner[], tenantId = 'acme'): Promise<ScriptHarness> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-script-'))
  const instance = randomUUID()
  const logs: ScriptHarness['logs'] = []
  const metrics: Metric[] = []
  const storage = folderStorage(join(root, 'storage'))
  const sessions = createCommandSessions({
    runners: runners ?? [createProcessRunner({ instance })],
    policyOf: async () => localPolicy,
    folders: createWorkFolders(join(root, 'work')),
  })
  const signal = new AbortController().signal
  const log = (level: LogLevel, message: string) => logs.push({ level, message })
  const ctx = {
    tenantId,
    executionId: randomUUID(),
    namespace: 'company.team',
    flowId: 'hello',
    taskId: 'task',
    taskRunId: randomUUID(),
    attempt: 1,
    render: async (value: Json, extra: { [name: string]: Json } = {}) => renderPlain(value, extra),
    log,
    metric: (metric: Metric) => metrics.push(metric),
    storage,
    machine: { hasCredentials: true, folders: [join(root, 'open')] },
    signal,
    openCommandSession: taskRunner =>
      sessions.open(
        {
          key: { tenantId, executionId: randomUUID(), taskRunId: randomUUID(), attempt: 1 },
          labels: { 'kestra.io/namespace': 'company.team' },
          log,
          metric: metric => metrics.push(metric),
          storage,
          signal,
        },
        taskRunner,
      ),
  } as Partial<RunContext> as RunContext
  return {
    ctx,
    logs,
    metrics,
    store: (name, content) => storage.put(name, content),
    read: async uri => readFile(join(root, 'storage', String(uri).slice(base.length + 1)), 'utf8'),
    root,
    stop: () => rm(root, { recursive: true, force: true }),
  }
}

/** Knows `{{ name }}` and `{{ name['key'] }}` only: expressions have tests of their own. */
function renderPlain(value: Json, extra: { [name: string]: Json }): Json {
  if (typeof value === 'string') {
    return value.replace(/\{\{ *(\w+)(?:\[['"](.+?)['"]\])? *\}\}/g, (_all, name: string, key?: string) => {
      const found = extra[name]
      return String(key === undefined ? found : (found as { [key: string]: Json })[key])
    })
  }
  if (Array.isArray(value)) return value.map(item => renderPlain(item, extra))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderPlain(item, extra)]))
}

function folderStorage(folder: string): TaskStorage {
  const pathOf = (uri: string) => join(folder, decodeURIComponent(uri.slice(base.length + 1)))
  return {
    async put(name: string, content: Parameters<TaskStorage['put']>[1]) {
      await mkdir(folder, { recursive: true })
      await pipeline(
        content instanceof Readable ? content : Readable.from([content]),
        createWriteStream(join(folder, name)),
      )
      return `${base}/${name}`
    },
    async open(uri: string) {
      const stream = createReadStream(pathOf(uri))
      await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject))
      return stream
    },
    size: async (uri: string) => statSync(pathOf(uri)).size,
    cache: {
      async open(name: string) {
        const path = join(folder, 'cache', name)
        return existsSync(path) ? createReadStream(path) : undefined
      },
      async put(name: string, content: Readable) {
        await mkdir(dirname(join(folder, 'cache', name)), { recursive: true })
        await pipeline(content, createWriteStream(join(folder, 'cache', name)))
      },
    },
    namespaceFiles: (namespace = 'company.team') => ({
      list: async () => ['main.py', 'sql/a.sql', `only-${namespace}.txt`],
      open: async (path: string) => Readable.from([`# ${namespace} ${path}`]),
    }),
  } as unknown as TaskStorage
}
