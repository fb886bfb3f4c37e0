import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Json, JsonObject } from './json'
import type { ScheduleDates } from './triggers/evaluate-schedule'
import type { Followed } from './triggers/followed'
import type { Joint } from './triggers/joint'

/**
 * How a task becomes a step of the plan.
 * - `flow`: holds other tasks; walked by the workflow (If, Parallel, ForEach ...)
 * - `pure`: computes only; runs inside the workflow, costs no activity (Return, Log, Fail ...)
 * - `activity`: touches the world; runs as one Temporal activity through `run.ts`
 */
export type PluginStep = 'flow' | 'pure' | 'activity'

/**
 * How a trigger comes to start its flow.
 * - `schedule`: on its `dates`
 * - `polling`: asked at each `interval` whether there is something new
 * - `realtime`: listens, and starts an execution for each event
 * - `flow`: after executions of other flows
 * - `webhook`: when its address is called
 */
export type TriggerStart = 'schedule' | 'polling' | 'realtime' | 'flow' | 'webhook'

/** What a condition of a trigger is asked with. */
export type ConditionContext = {
  /** The date that the trigger is about: its due date, or now. */
  date: Date
  /** Renders the templates of a value with the trigger's variables and `extra` ones. */
  render(value: Json, extra?: JsonObject): Json
  /** Of a trigger that follows executions: the one that changed. */
  execution?: {
    id: string
    namespace: string
    flowId: string
    state: string
    labels: { key: string; value: string }[]
    outputs: JsonObject
    /** How the attempts of tasks ended that were tried more than once. */
    retriedStates: string[]
  }
  /** Asks another condition, as `Not` and `Or` do. */
  holds(condition: JsonObject): boolean
}

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
  /** Triggers only. */
  starts?: TriggerStart
  /** Of a trigger that starts on a `schedule`. */
  dates?(properties: z.output<Properties>): ScheduleDates
  /** Of a trigger that starts after other flows: which executions it waits for. */
  follows?(properties: z.output<Properties>): Followed
  /** Of a condition that several executions must meet together: which ones. */
  joins?(properties: z.output<Properties>): Joint
  /** Of a condition: whether it holds. */
  holds?(properties: z.output<Properties>, context: ConditionContext): boolean
  title: string
  /** Markdown. */
  description?: string
  /** The plugin's own properties; those common to all tasks (id, type, retry, timeout ...) are added by the language. */
  properties: Properties
  /** Outputs a later task may read as `outputs.<id>.<name>`; expressions are checked against it. */
  outputs?: Outputs
  /** Properties handed to `run` as written, because it renders them itself with more variables (`ctx.render`). */
  renderLater?: string[]
  /** Properties whose value keeps its type where it is a lone `{{ }}`; else rendering gives text. */
  keepsType?: string[]
  /** Properties that hold tasks (a list, a map of lists, or one), so that checks and the graph descend into them. */
  children?: string[]
  examples: PluginExample[]
  /** Why and by what to replace it; shown as a warning. */
  deprecated?: string
}

/** Declares a plugin. @example `export default definePlugin({ type: 'io.kestra...', kind: 'task', step: 'activity', ... })` */
export function definePlugin<P extends z.ZodObject, O extends z.ZodObject>(
  definition: PluginDefinition<P, O> & { [Names in 'renderLater' | 'keepsType']?: (keyof P['shape'] & string)[] },
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
  /** What tasks of the same namespace keep for each other, and can make again; no flow reads it. */
  cache: CacheFiles
}

/** Names are plain paths, such as `python/<hash>.tar.gz`. */
export type CacheFiles = {
  /** Undefined where there is none. */
  open(name: string): Promise<Readable | undefined>
  put(name: string, content: Readable): Promise<void>
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

/** A line of log as it is kept. */
export type LogRecord = {
  timestamp: string
  level: LogLevel
  message: string
  namespace: string
  flowId: string
  executionId: string
  taskId: string | null
  taskRunId: string
  attemptNumber: number
}

/** Executions to count: of one flow, or of exactly one namespace. */
export type ExecutionFilter = {
  namespace?: string
  flowId?: string
  states?: string[]
  startDate?: Date
  endDate?: Date
}

/** Records of the tenant, read by a task. */
export type Records = {
  /** Lines of one execution, or of a flow or namespace; oldest first, in pages, never all in memory. */
  logs(filter: {
    executionId?: string
    namespace?: string
    flowId?: string
    taskIds?: string[]
    levels: LogLevel[]
  }): AsyncIterable<LogRecord>
  countExecutions(filter: ExecutionFilter): Promise<number>
  /** Lets a paused execution go on, as its user could. */
  resume(executionId: string, inputs: JsonObject): Promise<void>
  /** Disables a trigger, or enables it again, as its user could; `reason` is shown at it. */
  toggleTrigger(
    trigger: { namespace: string; flowId: string; triggerId: string },
    options: { enabled: boolean; reason: string },
  ): Promise<void>
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
  /** Files that are no outputs: each is handed over at the end, where the command left it (a path below the working directory). */
  handOver?: Record<string, (content: Readable) => Promise<void>>
  /** For a program whose log has a form of its own: what a line says; undefined where it is as it stands. */
  readLine?(line: string): { level: LogLevel; message: string } | undefined
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

/**
 * `fetch` with wishes for the connection. With `asNodeStream` the answer may hold its body as `nodeBody` instead, which
 * costs a large one half as much; a body that has to be decoded stays where it was, but comes as it is with `encoded`.
 */
export type OutboundFetch = (
  input: string | URL | Request,
  init?: RequestInit & { outbound?: OutboundOptions; asNodeStream?: boolean | 'encoded' },
) => Promise<OutboundResponse>

export type OutboundResponse = Response & { nodeBody?: Readable }

/** What of the worker's own machine its operator lets tasks use; nothing where it serves many tenants. */
export type MachineAccess = {
  /** Whether the worker's own credentials of cloud services may be used. */
  hasCredentials: boolean
  /** Absolute paths of the folders below which tasks may read and write. */
  folders: readonly string[]
}

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
  records: Records
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
  machine: MachineAccess

  /** Aborted by kill and by timeout. */
  signal: AbortSignal
}

/** The Node half of a plugin (`run.ts`, default export). */
export type Run<D extends PluginDefinition = PluginDefinition> = (
  ctx: RunContext,
  properties: z.output<D['properties']>,
) => Promise<{ [name: string]: Json }>

/**
 * What one poll of a trigger came to. All of it is kept in one transaction with the execution that it starts, so that a
 * worker's death in between neither loses nor doubles it; a poll that was cut off is made again with the same memory.
 */
export type Polled = {
  /** `trigger.*` of the execution to start; absent where there is nothing new. */
  variables?: { [name: string]: Json }
  /** What the next poll is given as `ctx.memory`; unchanged where absent. */
  memory?: JsonObject
  /** What is still to be done in the world once all is kept (a file to delete): handed to `settle`, more than once if need be. */
  unsettled?: JsonObject
}

/** What a task and a trigger may touch alike. */
export type PluginContext = Omit<RunContext, 'runTask' | 'taskRunId' | 'attempt'>

/** What a polling trigger may touch: as a task of the execution that it would start, into whose folder `storage` puts. */
export type PollContext = PluginContext & { memory: JsonObject }

/** The Node half of a polling trigger (`poll.ts`). A TaskError is shown at the trigger, and the next poll comes as usual. */
export type Polling<D extends PluginDefinition = PluginDefinition> = {
  poll(ctx: PollContext, properties: z.output<D['properties']>): Promise<Polled>
  /** Must do no harm when it has been done before. */
  settle?(ctx: PollContext, properties: z.output<D['properties']>, unsettled: JsonObject): Promise<void>
}

/** Something that happened, for which a realtime trigger starts an execution. */
export type RealtimeEvent = {
  /** The same however often the source gives it, and of no other event: one id comes to one execution. */
  id: string
  /** `trigger.*` of the execution. */
  variables: { [name: string]: Json }
  /** Why nothing can be made of it: the execution is FAILED and says so. */
  failure?: string
}

/** What a realtime trigger may touch. */
export type RealtimeContext = Pick<
  PluginContext,
  'tenantId' | 'namespace' | 'flowId' | 'taskId' | 'fetch' | 'resolveHost' | 'signal'
> & {
  /** Resolves once the execution is kept: only then may its source forget the event. */
  emit(event: RealtimeEvent): Promise<void>
}

/** The Node half of a realtime trigger (`listen.ts`). */
export type Realtime<D extends PluginDefinition = PluginDefinition> = {
  /**
   * Listens until `ctx.signal` is aborted. An error is shown at the trigger, and it listens again after a while. Now and
   * then two may listen at once, since a worker was taken for dead: both must give an event the same id.
   */
  listen(ctx: RealtimeContext, properties: z.output<D['properties']>): Promise<void>
}

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
