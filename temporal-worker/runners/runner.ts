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
  limits: {
    cpus?: number
    memoryBytes?: number
    pids?: number
    deadlineMs?: number
    killGraceMs: number
    /** Of all that is brought back. */
    outputBytes?: number
  }
  /** The rendered properties of the task's `taskRunner`, validated by the runner itself. */
  options: Record<string, unknown>
  /** What the operator grants the tenant of the cluster. */
  grant: ClusterGrant
  docker: DockerGrant
  /** Its caller asks again where there is no room now (`NoRoomError`); else the runner waits for room. */
  comesBack?: {
    /** When it was first told that there is no room, in ms since 1970: what it may take in all is counted from then. */
    waitsSinceMs?: number
  }
}

/** What a tenant's tasks may ask of a Docker daemon beyond a container; each lets them reach the daemon's machine. */
export type DockerGrant = { volumes: boolean; privileged: boolean; hostNetwork: boolean }

/** A tenant's share of a Kubernetes cluster. */
export type ClusterGrant = {
  pods: number
  /** Amounts as Kubernetes writes them, of all the tenant's pods together. */
  cpus: string
  memory: string
  /** Of one container that asks for none. */
  defaultCpu: string
  defaultMemory: string
  /** The most of one container; all of the grant without a number. */
  most?: { cpus?: number; memoryBytes?: number }
  /** Of one container. */
  ephemeralStorage: string
  /** Of all pods together. */
  allEphemeralStorage: string
  /** Pods that wait, started, for the next task of their image; none by default. */
  warm?: { pods: number; uses: number; idleMs: number }
  /** Service accounts that tasks may name. */
  serviceAccounts: string[]
  /** Whether tasks may choose their nodes. */
  nodeSelector: boolean
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

/** There is no room for the command now, and nothing of it has begun: the same request may be made again. */
export class NoRoomError extends Error {
  /** When the runner gives up, in ms since 1970. */
  readonly untilMs: number
  constructor(message: string, untilMs: number) {
    super(message)
    this.name = 'NoRoomError'
    this.untilMs = untilMs
  }
}

export type RunnerEvents = {
  /** Each line once, in order. `time` is when it was written. */
  line(stream: 'stdout' | 'stderr', line: string, time: Date): void
  /**
   * Resolves once most of what was told is on its way; undefined where it is. A fast writer is read no faster: else its
   * lines fill the worker's memory.
   */
  caughtUp?(): Promise<void> | undefined
  /** A command that an earlier worker began is followed from its first line: what was told of it before is told again. */
  startOver?(): void
  /** The command has begun, or is about to: it waits for nothing any more. */
  begun?(): void
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

export const runnerNames = [
  ...(['process', 'docker', 'kubernetes'] as const),
  ...(['aws-batch', 'google-batch', 'cloud-run', 'azure-batch'] as const),
] as const
export type RunnerName = (typeof runnerNames)[number]

export type Runner = {
  name: RunnerName
  /** Whether it can run something now, e.g. a Docker daemon answers. */
  isAvailable(): Promise<boolean>
  /** The paths that user code will see for a given folder of this machine. */
  paths(hostDir: string): { workingDir: string; outputDir: string }
  /** Resolves when the command ended (any exit code); rejects only when the runner itself failed. */
  run(request: RunnerRequest, events: RunnerEvents, signal: AbortSignal): Promise<RunnerResult>
  /** Removes what a killed worker left behind; `isLive` tells whether a task run is still being worked on. */
  sweep(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<number>
  /** Removes what it keeps for a tenant beyond single commands; whether there was something. */
  forgetTenant?(tenantId: string): Promise<boolean>
  /** Whether it is worth while to ask again for a request that was told that there is no room; costs little. */
  hasRoom?(request: Pick<RunnerRequest, 'key' | 'grant'>): Promise<boolean>
  /** Removes what was made for tenants that are not among `tenants` any more; tells how many had something. */
  sweepTenants?(tenants: () => Promise<string[]>): Promise<number>
  /** Of what waits for room with nobody at it: removes what nobody will come back for. */
  sweepWaiting?(isLive: (key: RunnerRequest['key']) => Promise<boolean>): Promise<void>
}
