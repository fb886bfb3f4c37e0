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
import { parseDuration } from '#language/durations'
import { chooseRunner, type RunnerName, type RunnerPolicy, requestedRunner } from '../runners/policy'
import { outputFolder, type Runner, type RunnerRequest, RunnerRequestError } from '../runners/runner'
import { createCommandLog } from './command-session/command-log'
import { collectOutputFiles, relativeGlobs } from './command-session/output-files'
import { shareFolder, type WorkFolder, type WorkFolders } from './command-session/work-folders'

/** The task run that asks for a session. */
export type CommandScope = {
  key: RunnerRequest['key']
  /** `kestra.io/namespace`, `kestra.io/flow-id` ... */
  labels: Record<string, string>
  /** `time` is when a line was written; now if absent. */
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
  /** The lines of a lost worker for the same attempt are about to be told again. */
  startOver?(): void
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
  /** Removes what dead workers left behind: processes, containers, folders. */
  sweep(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<number>
}

export type CommandSessionDeps = {
  runners: Runner[]
  policy: RunnerPolicy
  folders: WorkFolders
}

/** Where plugins run users' code: chooses the runner, keeps the folder, reads structured output, stores the output files. */
export function createCommandSessions(deps: CommandSessionDeps): CommandSessions {
  const { folders } = deps
  return {
    async open(scope, taskRunner) {
      const runner = await pickRunner(deps, scope, taskRunner?.type)
      const folder = await (scope.folder === undefined ? folders.create(scope.key) : shareFolder(scope.folder))
      const paths = runner.paths(folder.hostDir)
      return {
        hostDir: folder.hostDir,
        ...paths,
        ...(runner.name === 'process' && { cacheDir: folders.cacheDir }),
        close: folder.remove,
        async run(request) {
          try {
            return await runCommand({ deps, scope, runner, folder, workingDir: paths.workingDir, taskRunner }, request)
          } finally {
            await folder.remove()
          }
        },
      }
    },

    async sweep(isLive) {
      const swept = await Promise.all([...deps.runners.map(runner => runner.sweep(isLive)), folders.sweep(isLive)])
      return swept.reduce((sum, count) => sum + count, 0)
    },
  }
}

async function pickRunner(deps: CommandSessionDeps, scope: CommandScope, type: string | undefined): Promise<Runner> {
  const requested = requestedRunner(type, deps.policy)
  const candidates = requested === undefined ? [] : deps.policy.runnersFor[requested]
  const available = new Set<RunnerName>()
  for (const runner of deps.runners) {
    if (candidates.includes(runner.name) && (await runner.isAvailable())) available.add(runner.name)
  }
  const choice = chooseRunner(type, deps.policy, available)
  if (choice.kind === 'refused') throw new TaskError(choice.message)
  scope.log(choice.notice.level, choice.notice.message)
  return deps.runners.find(runner => runner.name === choice.runner) as Runner
}

type Opened = {
  deps: CommandSessionDeps
  scope: CommandScope
  runner: Runner
  folder: WorkFolder
  workingDir: string
  taskRunner: CommandRequest['taskRunner']
}

async function runCommand(opened: Opened, request: CommandRequest): Promise<CommandResult> {
  const { deps, scope, runner, folder } = opened
  const outputFiles = relativeGlobs(request.outputFiles, opened.workingDir)
  const commandLog = createCommandLog(scope, deps.policy.maxLogBytes)
  const events = {
    line: commandLog.line,
    notice: (level: LogLevel, message: string) => scope.log(level, message),
    startOver: () => scope.startOver?.(),
  }
  const result = await runner
    .run(toRunnerRequest(opened, request, outputFiles), events, scope.signal)
    .catch(explainRefusal)
  commandLog.end()
  const uris = await collectOutputFiles({
    hostDir: folder.hostDir,
    outputDir: join(folder.hostDir, outputFolder),
    globs: outputFiles,
    put: (name, content) => scope.storage.put(name, content as never),
    log: scope.log,
  })
  return {
    exitCode: result.exitCode,
    ...(result.reason && { reason: result.reason }),
    vars: commandLog.vars,
    outputFiles: uris,
    taskRunner: result.details,
    errorLines: commandLog.errorLines,
  }
}

function toRunnerRequest(opened: Opened, request: CommandRequest, outputFiles: string[]): RunnerRequest {
  const { scope, deps, runner, folder } = opened
  const { type: _type, ...options } = request.taskRunner ?? opened.taskRunner ?? { type: '' }
  const { limits, killGraceMs } = deps.policy
  const grace = typeof options.killGracePeriod === 'string' ? parseDuration(options.killGracePeriod) : null
  return {
    key: scope.key,
    labels: scope.labels,
    image: request.image,
    command: request.command,
    env: request.env,
    hostDir: folder.hostDir,
    // The next task of a shared folder finds all that this one left.
    outputFiles: scope.folder === undefined ? outputFiles : [...outputFiles, '**'],
    limits: {
      ...limits,
      ...(scope.timeoutMs !== undefined && { deadlineMs: scope.timeoutMs }),
      killGraceMs: grace ?? killGraceMs[runner.name],
    },
    options,
  }
}

function explainRefusal(error: unknown): never {
  throw error instanceof RunnerRequestError ? new TaskError(error.message, { cause: error }) : error
}
