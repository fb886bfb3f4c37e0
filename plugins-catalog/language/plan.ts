/**
 * A compiled flow: plain JSON, all that a workflow sees. Old executions still walk old plans:
 * a change that an old plan does not fit needs a new `version`, and the recorded histories replay in the tests.
 */
import type { Json, JsonObject } from './json'

export const planVersion = 1

/** A value that may hold `{{ }}`; `impure` where it needs a secret, KV value, file, network or jq: then an activity renders it. */
export type Rendered = { raw: Json; impure?: true }

export type Retry = {
  type: 'constant' | 'exponential' | 'random'
  intervalMs: number
  maxIntervalMs?: number
  delayFactor?: number
  maxAttempts?: number
  maxDurationMs?: number
  warningOnRetry?: boolean
  behavior: 'RETRY_FAILED_TASK' | 'CREATE_NEW_EXECUTION'
  /** It is a holder's, or the flow's. */
  inherited?: true
}

type StepCommon = {
  id: string
  /** The type's name, aliases resolved. */
  type: string
  runIf?: Rendered
  /** A failure counts as WARNING. */
  allowFailure?: true
  /** A WARNING counts as SUCCESS. */
  allowWarning?: true
  /** Duration or expression. */
  timeout?: Rendered
  /** The task's own policy, else that of the nearest holder that has one; leaves only. */
  retry?: Retry
  logLevel?: string
  /** Of a listener's task: it is left out unless all of them hold once the execution has ended. */
  conditions?: JsonObject[]
  /** 1-based line of the task in its YAML, for messages; 0 where it is not known. */
  line: number
  /**
   * Tasks whose outputs the step's expressions read; absent where only the running expression can tell
   * (`outputs[x]`, `render(...)`). What an activity needn't know doesn't travel to it.
   */
  reads?: string[]
  /** Those of `reads` of which it reads only what lies under the values of the loops around it. */
  readsOwn?: string[]
}

/**
 * Workers other than the installation's own: of a group by its key, or of one that has the tags. `from` is where they
 * are asked for. Where none of them is there, `fallback` says what becomes of the task; IGNORE takes our own.
 */
export type WorkerChoice = { from: 'task' | 'flow' | 'tenant'; fallback: 'WAIT' | 'FAIL' | 'CANCEL' | 'IGNORE' } & (
  | { key: Rendered }
  | { tags: Rendered; match: 'ALL' | 'ANY' }
)

export type Branches = { steps: Step[]; errors?: Step[]; finally?: Step[] }

/** Leaves. */
export type ActivityStep = StepCommon & {
  kind: 'activity'
  properties: JsonObject
  /** The task's own, else the flow's. */
  workers?: WorkerChoice
  /** Its outputs are kept for other executions that run it with the same rendered properties. */
  cache?: { ttlMs?: number }
}
export type PureStep = StepCommon & { kind: 'pure'; properties: JsonObject; impure?: true }
export type SleepStep = StepCommon & { kind: 'sleep'; duration: Rendered }
/** Another flow, run as an execution of its own. */
export type SubflowStep = StepCommon & { kind: 'subflow'; properties: JsonObject; impure?: true }

/** A ForEachItem holds three: they split its file, run a flow for each batch, and merge what these hand out. */
export type ForEachItemStep = StepCommon & {
  kind: 'forEachItem'
  part: 'split' | 'items' | 'merge'
  properties: JsonObject
  impure?: true
}

/** Flowables. */
export type SequentialStep = StepCommon & Branches & { kind: 'sequential' }
/** Like sequential, yet a failure inside ends as WARNING. */
export type AllowFailureStep = StepCommon & Branches & { kind: 'allowFailure' }
export type ParallelStep = StepCommon & Branches & { kind: 'parallel'; concurrent: Rendered }
export type DagStep = StepCommon & Branches & { kind: 'dag'; concurrent: Rendered; dependsOn: Record<string, string[]> }
export type IfStep = StepCommon & Branches & { kind: 'if'; condition: Rendered; otherwise?: Step[] }
export type SwitchStep = StepCommon &
  Branches & { kind: 'switch'; value: Rendered; cases: Record<string, Step[]>; defaults?: Step[] }
export type ForEachStep = StepCommon &
  Branches & {
    kind: 'forEach'
    values: Rendered
    concurrencyLimit: Rendered
    /** EachParallel: the tasks of one value run at once, too. */
    tasksAtOnce?: true
    /** Tasks within whose outputs for a value nobody reads once its iteration has ended. */
    forgets?: string[]
  }
/** Kestra 2: each value in a context of its own; only declared outputs leave it. */
export type LoopStep = StepCommon &
  Branches & {
    kind: 'loop'
    /** A list, a map, JSON text of one, or a file of internal storage whose lines are the values. */
    values: Rendered
    concurrencyLimit: Rendered
    /** Whether a failed iteration fails the loop. */
    transmitFailed: Rendered
    fetchType: Rendered
    outputs: PlanOutput[]
  }
export type LoopUntilStep = StepCommon &
  Branches & {
    kind: 'loopUntil'
    condition: Rendered
    failOnMaxReached: Rendered
    interval: Rendered
    maxIterations?: Rendered
    maxDuration?: Rendered
    /** Goes on from the loop around it, and from a restart; plans without it are older than that. */
    countsOn?: true
  }
export type PauseStep = StepCommon &
  Branches & {
    kind: 'pause'
    pauseDuration?: Rendered
    behavior: Rendered
    /** Run when the pause begins. */
    onPause?: Step
    /** Inputs (language/inputs) that whoever resumes is asked for, as written. */
    onResume?: Json
  }
/** Its steps run one after another in one folder, as one activity. */
export type WorkingDirectoryStep = StepCommon &
  Branches & { kind: 'workingDirectory'; properties: JsonObject; workers?: WorkerChoice }

export type LeafStep = ActivityStep | PureStep | SleepStep | SubflowStep | ForEachItemStep
export type FlowableStep =
  | SequentialStep
  | AllowFailureStep
  | ParallelStep
  | DagStep
  | IfStep
  | SwitchStep
  | ForEachStep
  | LoopStep
  | LoopUntilStep
  | PauseStep
  | WorkingDirectoryStep
export type Step = LeafStep | FlowableStep
export type StepKind = Step['kind']
export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>

/** An output of the flow (or of an iteration of a Loop), typed as inputs are. */
export type PlanOutput = { id: string; type: string; itemType?: string; value: Rendered; required: boolean }

/** What an execution promises; what its breach does to it beside a line in its log. */
export type PlanSla = {
  id: string
  behavior: 'FAIL' | 'CANCEL' | 'NONE'
  /** Given to the execution at a breach. */
  labels: { key: string; value: string }[]
} & ({ type: 'MAX_DURATION'; durationMs: number } | { type: 'EXECUTION_ASSERTION'; assert: Rendered })

/** So many executions may be created in each window of that length; what becomes of the next one. */
export type PlanQuota = { durationMs: number; limit: number; behavior: 'FAIL' | 'CANCEL' }

export type Plan = Branches & {
  version: typeof planVersion
  /** What is known is recorded whenever a walk begins to wait; plans without it are older than that. */
  recordsLulls?: true
  /**
   * A failure in `errors`, `finally` or `afterExecution` stops nothing there, nor does it count for the state of their
   * holder; in plans without it, which are older, it does both.
   */
  finishesBranches?: true
  flow: { namespace: string; id: string; revision: number }
  variables: JsonObject
  /** What expressions see as `namespace`: as it was when the execution started. */
  namespaceVariables?: JsonObject
  /** Tasks whose outputs or state some expression reads: nothing else is kept. Absent where it can't be told. */
  reads?: string[]
  afterExecution?: Step[]
  /** The tenant's, for steps that have none; set as an execution begins. */
  workers?: WorkerChoice
  outputs: PlanOutput[]
  /** Of the flow's own `retry`: what starts a new execution; the rest is with the leaves. */
  retry?: Retry
  sla?: PlanSla[]
  quotas?: PlanQuota[]
}
