/**
 * Where user code runs. One file per runner, one contract test for all (`runners.test.ts`).
 * A runner gets a prepared folder and a command; it knows nothing of flows, storage or the database.
 */
export type RunnerRequest = {
  /** Names the container or Job, so that another attempt of the same activity adopts it instead of starting a second. */
  key: { tenantId: string; executionId: string; taskRunId: string; attempt: number }
  /** Kestra's labels: `kestra.io/namespace`, `kestra.io/flow-id` ... values not yet shortened. */
  labels: Record<string, string>
  image: string
  command: string[]
  env: Record<string, string>
  /** Folder of this machine with the input files; files that match `outputFiles` are back in it when `run` resolves. */
  hostDir: string
  /** Globs relative to the working directory. The folder `outputDir` is always brought back. */
  outputFiles: string[]
  limits: { cpus?: number; memoryBytes?: number; pids?: number; deadlineMs?: number; killGraceMs: number }
  /** The rendered properties of the task's `taskRunner`, validated by the runner itself. */
  options: Record<string, unknown>
}

/** Under the working directory: what lies in it is brought back without being named in `outputFiles`. */
export const outputFolder = '.outputs'

/**
 * A request that can't be run as it is written (a wrong or forbidden option): its user must change the flow.
 * The message is shown as it is.
 */
export class RunnerRequestError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RunnerRequestError'
  }
}

export type RunnerEvents = {
  /** Each line once, in order. `time` is when it was written. */
  line(stream: 'stdout' | 'stderr', line: string, time: Date): void
  /** A command that an earlier worker began is followed from its first line: what was told of it before is told again. */
  startOver?(): void
  /** What the runner itself has to say: pull progress, why a pod waits, a fallback. */
  notice(level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR', message: string): void
}

export type RunnerResult = {
  exitCode: number
  reason?: 'oom' | 'deadline' | 'image' | 'evicted' | 'cancelled'
  /** Shown as `outputs.<task>.taskRunner`. */
  details: Record<string, string>
}

/** The end of a command whose task was cancelled before it began. */
export const cancelledBeforeStart: RunnerResult = { exitCode: 130, reason: 'cancelled', details: {} }

export type Runner = {
  name: 'process' | 'docker' | 'kubernetes'
  /** Whether it can run something now, e.g. a Docker daemon answers. */
  isAvailable(): Promise<boolean>
  /** The paths that user code will see for a given folder of this machine. */
  paths(hostDir: string): { workingDir: string; outputDir: string }
  /** Resolves when the command ended (any exit code); rejects only when the runner itself failed. */
  run(request: RunnerRequest, events: RunnerEvents, signal: AbortSignal): Promise<RunnerResult>
  /** Removes what a killed worker left behind; `isLive` tells whether a task run is still being worked on. */
  sweep(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<number>
}
