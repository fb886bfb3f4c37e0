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
}

type StepCommon = {
  id: string
  /** The type's name, aliases resolved. */
  type: string
  runIf?: Rendered
  allowFailure?: Rendered
  allowWarning?: Rendered
  /** Duration or expression. */
  timeout?: Rendered
  retry?: Retry
  logLevel?: string
  /** 1-based line of the task in its YAML, for messages. */
  line: number
}

export type Branches = { steps: Step[]; errors?: Step[]; finally?: Step[] }

/** Leaves. */
export type ActivityStep = StepCommon & { kind: 'activity'; properties: JsonObject }
export type PureStep = StepCommon & { kind: 'pure'; properties: JsonObject; impure?: true }

/** Flowables. */
export type SequentialStep = StepCommon & Branches & { kind: 'sequential'; allowFailureOfChildren?: true }
export type ParallelStep = StepCommon & Branches & { kind: 'parallel'; concurrent: Rendered }
export type DagStep = StepCommon & Branches & { kind: 'dag'; concurrent: Rendered; dependsOn: Record<string, string[]> }
export type IfStep = StepCommon & Branches & { kind: 'if'; condition: Rendered; otherwise?: Step[] }
export type SwitchStep = StepCommon &
  Branches & { kind: 'switch'; value: Rendered; cases: Record<string, Step[]>; defaults?: Step[] }
export type ForEachStep = StepCommon & Branches & { kind: 'forEach'; values: Rendered; concurrencyLimit: Rendered }

export type Step =
  | ActivityStep
  | PureStep
  | SequentialStep
  | ParallelStep
  | DagStep
  | IfStep
  | SwitchStep
  | ForEachStep
export type StepKind = Step['kind']

export type Plan = Branches & {
  version: typeof planVersion
  flow: { namespace: string; id: string; revision: number }
  variables: JsonObject
  afterExecution?: Step[]
  outputs: { id: string; type: string; value: Rendered; required: boolean }[]
  retry?: Retry
}
