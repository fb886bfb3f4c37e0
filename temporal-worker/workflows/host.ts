import type { Activities } from '../activities'
import type { ExecuteFlowInput, ExecuteFlowResult } from '../contract'
import type { ExecutionState } from './execution-state'

/**
 * What a walk asks of the place where it runs. In a workflow that is Temporal, which remembers what comes next; an
 * execution that asks for nothing of it needs no workflow (`../inline`).
 */
export type Host = {
  uuid4(): string
  sleep(ms: number): Promise<void>
  /** Resolves once `isMet` holds, or after `timeoutMs`. */
  condition(isMet: () => boolean, timeoutMs?: number): Promise<unknown>
  newScope(): Scope
  /** Does what even a kill must not stop. */
  shielded<T>(work: () => Promise<T>): Promise<T>
  /** Writes what has changed so far, if anything. */
  record(state: ExecutionState): Promise<void>
  /** Whether it keeps what is recorded on the way; else all is recorded at the end. */
  recordsLulls?: true
  /** Lets others get on, once a walk has spent `stepsPerTurn`. */
  rest(state: ExecutionState): Promise<void>
  /** Quick reads and writes of our own stores. */
  quick: Activities
  /** Tasks of users, on our own workers or those of another queue. */
  tasksOf(tenantId: string, queue?: string): Activities
  /** Where the workers are that a task asks for. */
  findWorkers: Activities['findWorkers']
  startChild(input: ExecuteFlowInput): Promise<Child>
  limits: HostLimits
  /** Where the walk is remembered as a history of events, which can't grow for ever. */
  history?: History
}

export type History = {
  size(): { events: number; bytes: number }
  /** Whether this execution may go on in a fresh history: one that began under older code may not before it has caught up. */
  mayContinue(): boolean
  /** Whether nobody waits for an answer. */
  isAnswered(): boolean
  /** An execution that an earlier history started. */
  findChild(ref: { tenantId: string; executionId: string }): Child
}

/** In steps of the expression evaluator, about a microsecond each. */
export type HostLimits = {
  /** After so much a walk rests, so that others get on. */
  stepsPerTurn: number
  /** What one rendering may spend in the walk; a larger one is an activity's. */
  stepsPerRendering: number
}

/** Work outside the walk, cancelled together. */
export type Scope = {
  run<T>(work: () => Promise<T>): Promise<T>
  cancel(): void
  /** Rejects once it is cancelled. */
  readonly cancelRequested: Promise<never>
}

/** An execution started by another. */
export type Child = { result(): Promise<ExecuteFlowResult>; signal(name: string): Promise<void> }
