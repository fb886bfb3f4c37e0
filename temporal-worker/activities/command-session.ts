import { join } from 'node:path'
import {
  type CommandRequest,
  type CommandResult,
  type CommandSession,
  type LogLevel,
  type Metric,
  TaskError,
  type TaskStorage,
} from '#language/define-plugin'
import { type FittedRequest, fitRequest } from '../runners/fit-request'
import { chooseRunner, type RunnerPolicy, requestedRunner } from '../runners/policy'
import { outputFolder, type Runner, type RunnerName, type RunnerRequest, RunnerRequestError } from '../runners/runner'
import { createCommandLog } from './command-session/command-log'
import { collectOutputFiles, openOutput, relativeGlobs } from './command-session/output-files'
import { shareFolder, type WorkFolder, type WorkFolders } from './command-session/work-folders'

/** The task run that asks for a session. */
export type CommandScope = {
  key: RunnerRequest['key']
  /** `kestra.io/namespace`, `kestra.io/flow-id` ... */
  labels: Record<string, string>
  /** `time` is when a line was written; now if absent. */
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
  /** Resolves once most of the log is written. */
  caughtUp?(): Promise<void> | undefined
  /** The lines of a lost worker for the same attempt are about to be told again. */
  startOver?(): void
  /** The command waits for nothing any more. */
  begun?(): void
  /** The task can come back later where there is no room for its command. */
  comesBack?: RunnerRequest['comesBack']
  storage: Pick<TaskStorage, 'put'>
  signal: AbortSignal
  timeoutMs?: number
  /** A folder shared with other tasks (WorkingDirectory): used as it is, and left in place. A fresh one if absent. */
  folder?: string
}

export type CommandSessions = {
  /** `close` removes the session's folder; `run` does it, too. */
  open(
    scope: CommandScope,
    taskRunner: CommandRequest['taskRunner'],
  ): Promise<CommandSession & { close(): Promise<void> }>
  /** Whether it is worth while to try again what was told that there is no room. */
  hasRoom(key: RunnerRequest['key']): Promise<boolean>
  /** Removes what waits for room and whose task has ended otherwise. */
  sweepWaiting(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<void>
  /** Removes what runners made for tenants that are gone. */
  sweepTenants(tenants: () => Promise<string[]>): Promise<void>
  /** Removes what dead workers left behind: processes, containers, folders. */
  sweep(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<number>
  /** Removes what the runners keep for a tenant that goes. */
  forgetTenant(tenantId: string): Promise<Forgotten>
}

export type Forgotten = {
  /** For how many runners there was something. */
  found: number
  /** Whether this worker has a runner that keeps things for tenants: another worker's may have, where it has none. */
  hasLooked: boolean
}

export type CommandSessionDeps = {
  runners: Runner[]
  /** Told once in a while, before a runner makes what it keeps for a tenant beyond single commands. */
  noteKept?(tenantId: string): Promise<void>
  /** What the operator allows to a tenant now. */
  policyOf(tenantId: string): Promise<RunnerPolicy>
  folders: WorkFolders
}

/** Where plugins run users' code: chooses the runner, keeps the folder, reads structured output, stores the output files. */
export function createCommandSessions(deps: CommandSessionDeps): CommandSessions {
  const { folders } = deps
  const kept = new Set<string>()

  async function noteKept(runner: Runner, tenantId: string): Promise<void> {
    if (runner.forgetTenant === undefined || kept.has(tenantId)) return
    await deps.noteKept?.(tenantId)
    kept.add(tenantId)
  }

  return {
    async open(scope, taskRunner) {
      const policy = await deps.policyOf(scope.key.tenantId)
      const runner = await pickRunner({ deps, scope, policy, type: taskRunner?.type })
      await noteKept(runner, scope.key.tenantId)
      const folder = await (scope.folder === undefined ? folders.create(scope.key) : shareFolder(scope.folder))
      const paths = runner.paths(folder.hostDir)
      return {
        hostDir: folder.hostDir,
        ...paths,
        ...(runner.name === 'process' && { cacheDir: folders.cacheDir }),
        close: folder.remove,
        async run(request) {
          try {
            return await runCommand(
              { policy, scope, runner, folder, workingDir: paths.workingDir, taskRunner },
              request,
            )
          } finally {
            await folder.remove()
          }
        },
      }
    },

    async hasRoom(key) {
      const { grant } = await deps.policyOf(key.tenantId)
      const answers = await Promise.all(deps.runners.map(runner => runner.hasRoom?.({ key, grant }) ?? true))
      return !answers.includes(false)
    },

    async sweepWaiting(isLive) {
      await Promise.all(deps.runners.map(runner => runner.sweepWaiting?.(isLive)))
    },

    async sweepTenants(tenants) {
      await Promise.all(deps.runners.map(runner => runner.sweepTenants?.(tenants)))
    },

    async sweep(isLive) {
      const swept = await Promise.all([...deps.runners.map(runner => runner.sweep(isLive)), folders.sweep(isLive)])
      return swept.reduce((sum, count) => sum + count, 0)
    },

    async forgetTenant(tenantId) {
      const keepers = deps.runners.filter(({ forgetTenant }) => forgetTenant !== undefined)
      const forgotten = await Promise.all(keepers.map(runner => runner.forgetTenant?.(tenantId)))
      return { found: forgotten.filter(Boolean).length, hasLooked: keepers.length > 0 }
    },
  }
}

async function pickRunner(given: {
  deps: CommandSessionDeps
  scope: CommandScope
  policy: RunnerPolicy
  type: string | undefined
}): Promise<Runner> {
  const { deps, scope, policy, type } = given
  const requested = requestedRunner(type, policy)
  const candidates = requested === undefined ? [] : policy.runnersFor[requested]
  const available = new Set<RunnerName>()
  for (const runner of deps.runners) {
    if (candidates.includes(runner.name) && (await runner.isAvailable())) available.add(runner.name)
  }
  const choice = chooseRunner(type, policy, available)
  if (choice.kind === 'refused') throw new TaskError(choice.message)
  scope.log(choice.notice.level, choice.notice.message)
  return deps.runners.find(runner => runner.name === choice.runner) as Runner
}

type Opened = {
  policy: RunnerPolicy
  scope: CommandScope
  runner: Runner
  folder: WorkFolder
  workingDir: string
  taskRunner: CommandRequest['taskRunner']
}

async function runCommand(opened: Opened, request: CommandRequest): Promise<CommandResult> {
  const { policy, scope, runner, folder } = opened
  const outputFiles = relativeGlobs(request.outputFiles, opened.workingDir)
  const commandLog = createCommandLog(scope, policy.maxLogBytes, request.readLine)
  const events = {
    line: commandLog.line,
    notice: (level: LogLevel, message: string) => scope.log(level, message),
    caughtUp: () => scope.caughtUp?.(),
    startOver: () => scope.startOver?.(),
    begun: () => scope.begun?.(),
  }
  const run = async () => runner.run(toRunnerRequest(opened, request, outputFiles), events, scope.signal)
  const result = await run().catch(explainRefusal)
  commandLog.end()
  const uris = await collectOutputFiles({
    hostDir: folder.hostDir,
    outputDir: join(folder.hostDir, outputFolder),
    globs: outputFiles,
    maxBytes: policy.maxOutputBytes,
    put: (name, content) => scope.storage.put(name, content as never),
    log: scope.log,
  }).catch(explainRefusal)
  await handOver(request, folder.hostDir)
  return {
    exitCode: result.exitCode,
    ...(result.reason && { reason: result.reason }),
    vars: commandLog.vars,
    outputFiles: uris,
    taskRunner: result.details,
    errorLines: commandLog.errorLines,
  }
}

async function handOver({ handOver: takers = {} }: CommandRequest, hostDir: string): Promise<void> {
  for (const [path, take] of Object.entries(takers)) {
    const content = await openOutput(hostDir, path)
    if (content !== undefined) await take(content)
  }
}

function toRunnerRequest(opened: Opened, request: CommandRequest, outputFiles: string[]): RunnerRequest {
  const { scope, policy, folder } = opened
  const { limits, options } = fitted(opened, request)
  return {
    key: scope.key,
    labels: scope.labels,
    image: request.image,
    command: request.command,
    env: request.env,
    hostDir: folder.hostDir,
    // The next task of a shared folder finds all that this one left.
    outputFiles: [
      ...outputFiles,
      ...Object.keys(request.handOver ?? {}),
      ...(scope.folder === undefined ? [] : ['**']),
    ],
    limits: {
      ...limits,
      ...(scope.timeoutMs !== undefined && { deadlineMs: scope.timeoutMs }),
      outputBytes: policy.maxOutputBytes,
    },
    options,
    grant: policy.grant,
    docker: policy.docker,
    ...(scope.comesBack !== undefined && { comesBack: scope.comesBack }),
  }
}

/** What the task asks of its runner, as far as it may have it; the rest is said in its log. */
function fitted({ policy, scope, runner, taskRunner }: Opened, request: CommandRequest): FittedRequest {
  const { type, ...options } = request.taskRunner ?? taskRunner ?? { type: undefined }
  const requested = requestedRunner(type, policy) ?? runner.name
  const fits = fitRequest({ requested, runner: runner.name, options, policy })
  for (const warning of fits.warnings) scope.log('WARN', warning)
  return fits
}

function explainRefusal(error: unknown): never {
  throw error instanceof RunnerRequestError ? new TaskError(error.message, { cause: error }) : error
}
