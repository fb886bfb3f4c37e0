import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Json, JsonObject } from './json'

/**
 * How a task becomes a step of the plan.
 * - `flow`: holds other tasks; walked by the workflow (If, Parallel, ForEach ...)
 * - `pure`: computes only; runs inside the workflow, costs no activity (Return, Log, Fail ...)
 * - `activity`: touches the world; runs as one Temporal activity through `run.ts`
 */
export type PluginStep = 'flow' | 'pure' | 'activity'

export type PluginExample = { title: string; yaml: string }

/** The browser-safe half of a plugin (`plugin.ts`): what a flow may say, and what the docs and the editor show. */
export type PluginDefinition<
  Properties extends z.ZodObject = z.ZodObject,
  Outputs extends z.ZodObject = z.ZodObject,
> = {
  /** Full Kestra type name, e.g. `io.kestra.plugin.core.http.Download`. */
  type: string
  /** Older names of the same type. */
  aliases?: string[]
  kind: 'task' | 'trigger' | 'taskRunner' | 'condition'
  /** Tasks only. */
  step?: PluginStep
  title: string
  /** Markdown. */
  description?: string
  /** The plugin's own properties; those common to all tasks (id, type, retry, timeout ...) are added by the language. */
  properties: Properties
  /** Outputs a later task may read as `outputs.<id>.<name>`; expressions are checked against it. */
  outputs?: Outputs
  /** Properties handed to `run` as written, because it renders them itself with more variables (`ctx.render`). */
  renderLater?: string[]
  /** Properties that hold tasks (a list, a map of lists, or one), so that checks and the graph descend into them. */
  children?: string[]
  examples: PluginExample[]
  /** Why and by what to replace it; shown as a warning. */
  deprecated?: string
}

/** Declares a plugin. @example `export default definePlugin({ type: 'io.kestra...', kind: 'task', step: 'activity', ... })` */
export function definePlugin<P extends z.ZodObject, O extends z.ZodObject>(
  definition: PluginDefinition<P, O> & { renderLater?: (keyof P['shape'] & string)[] },
): PluginDefinition<P, O> {
  return definition
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'

export type Metric = {
  name: string
  type: 'counter' | 'timer' | 'gauge'
  /** Timers in seconds. */
  value: number
  tags?: Record<string, string>
}

/** Files of internal storage, seen from one task run. URIs are `kestra:///...`, or `nsfile:///...` when read. */
export type TaskStorage = {
  /** Stores a stream under the task run's folder and returns its URI. Streams: never holds the file in memory. */
  put(fileName: string, content: Readable | Buffer | string): Promise<string>
  open(uri: string): Promise<Readable>
  size(uri: string): Promise<number>
  exists(uri: string): Promise<boolean>
  delete(uri: string): Promise<boolean>
  /** URIs of all files of the current execution. */
  listExecutionFiles(): Promise<string[]>
  /** The files kept with a namespace (`nsfile:///...`); the task's own namespace when none is named. */
  namespaceFiles(namespace?: string): NamespaceFiles
}

export type NamespaceFiles = {
  put(path: string, content: Readable | Buffer | string): Promise<void>
  /** Rejects where there is none. */
  open(path: string): Promise<Readable>
  exists(path: string): Promise<boolean>
  /** Whether there was one to delete. */
  delete(path: string): Promise<boolean>
  /** Paths of all files, without a leading slash, sorted. */
  list(): Promise<string[]>
}

export type KvStore = {
  get(key: string, namespace?: string): Promise<{ value: Json } | null>
  set(key: string, value: Json, options?: { namespace?: string; overwrite?: boolean; ttlMs?: number }): Promise<void>
  delete(key: string, namespace?: string): Promise<boolean>
  keys(prefix?: string, namespace?: string): Promise<string[]>
  /** Deletes entries of any namespace, or of these only the expired ones; answers how many. */
  purge(
    isWanted: (entry: { namespace: string; key: string }) => boolean,
    options: { expiredOnly: boolean },
  ): Promise<number>
}

/** Which records a purge is about. A namespace without a flow stands for those below it, too. */
export type PurgeFilter = {
  namespace?: string
  flowId?: string
  /** Made, or written, from then on. */
  startDate?: Date
  /** Made, or written, until then. */
  endDate: Date
}

export type PurgeCounts = { executions: number; logs: number; metrics: number; files: number }

/** Removes records of the tenant for good. */
export type Purge = {
  /** What `parts` names of executions that ended; `states` narrows those. Stops between batches with the task's signal. */
  executions(
    filter: PurgeFilter & { states?: string[] },
    options: { parts: readonly (keyof PurgeCounts)[]; batchSize: number },
  ): Promise<PurgeCounts>
  logs(filter: PurgeFilter & { executionId?: string; levels?: LogLevel[] }): Promise<number>
}

/** User code to run, as a script plugin asks for it. Which runner does it is the operator's policy. */
export type CommandRequest = {
  /** The task's `taskRunner` property as written and rendered, if any. */
  taskRunner?: { type: string; [property: string]: Json | undefined }
  image: string
  /** Full argument vector. */
  command: string[]
  env: Record<string, string>
  /** Globs relative to the working directory, brought back after success and after failure. */
  outputFiles: string[]
}

export type CommandResult = {
  exitCode: number
  /** Why it ended other than by itself. */
  reason?: 'oom' | 'deadline' | 'image' | 'evicted' | 'cancelled'
  /** From `::{"outputs": {...}}::` lines, last one wins by key. */
  vars: { [name: string]: Json }
  /** Relative name -> storage URI of each file that matched `outputFiles` or lies in the output directory. */
  outputFiles: Record<string, string>
  /** What the runner tells of itself, e.g. `{ containerId }`. */
  taskRunner: { [name: string]: Json }
  /** The last lines of stderr, for the message of a failure. */
  errorLines?: string[]
}

/** Files and folders whose name begins so belong to a plugin (the script itself, its helpers): they are never outputs. */
export const privateFilePrefix = 'millrace_'

/** Where user code runs, prepared before its script is rendered, because `{{ workingDir }}` depends on the runner. */
export type CommandSession = {
  /** A folder of this machine: write input files here before `run`. */
  hostDir: string
  /** The same folder as the user's code sees it. */
  workingDir: string
  outputDir: string
  /** A folder, as the user's code sees it, that outlives the task run; absent where the runner has none. */
  cacheDir?: string
  run(request: CommandRequest): Promise<CommandResult>
}

/** How one request is to reach its host, where a task says so; else the installation's own proxy and trust count. */
export type OutboundOptions = {
  connectTimeoutMs?: number
  /** The longest silence while waiting for the answer's headers and between parts of its body. */
  readIdleTimeoutMs?: number
  /** Accept any certificate. */
  insecureTls?: boolean
  proxy?: { address: string; port: number; username?: string; password?: string }
}

/** `fetch` with wishes for the connection. */
export type OutboundFetch = (
  input: string | URL | Request,
  init?: RequestInit & { outbound?: OutboundOptions },
) => Promise<Response>

/** What `run` may touch: nothing but this. */
export type RunContext = {
  tenantId: string
  executionId: string
  namespace: string
  flowId: string
  taskId: string
  taskRunId: string
  /** From 1. */
  attempt: number
  /** Renders strings in a value (deep) with the execution's context and `extra` variables; single pass. */
  render<T extends Json>(value: T, extra?: { [name: string]: Json }): Promise<Json>
  log(level: LogLevel, message: string): void
  metric(metric: Metric): void
  storage: TaskStorage
  kv: KvStore
  purge: Purge
  /** Runs a task made at run time as part of this task run: renders its properties, checks them, and answers its outputs. */
  runTask(task: JsonObject): Promise<JsonObject>
  /** A fresh empty folder of this machine, removed when the task run ends. */
  workingDir(): Promise<string>
  /** Prepares user code for the runner that policy gives to `taskRunner`. */
  openCommandSession(taskRunner: CommandRequest['taskRunner']): Promise<CommandSession>
  /** Outbound HTTP: honours HTTPS_PROXY and NODE_EXTRA_CA_CERTS, passes the egress guard, stops with `signal`. */
  fetch: OutboundFetch
  /** The address to connect to instead of a host's name, where `fetch` won't do; rejects where the egress guard refuses. */
  resolveHost(host: string): Promise<string>
  /** Aborted by kill and by timeout. */
  signal: AbortSignal
}

/** The Node half of a plugin (`run.ts`, default export). */
export type Run<D extends PluginDefinition = PluginDefinition> = (
  ctx: RunContext,
  properties: z.output<D['properties']>,
) => Promise<{ [name: string]: Json }>

/**
 * A task that failed for a reason its user can act on. The message is shown as it is: cause, place, next step.
 * `outputs` are kept, so that an `errors` branch can read them (a script's exit code).
 */
export class TaskError extends Error {
  readonly outputs: { [name: string]: Json }
  constructor(message: string, options: { outputs?: { [name: string]: Json }; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'TaskError'
    this.outputs = options.outputs ?? {}
  }
}
