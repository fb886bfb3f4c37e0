import { uuid4 } from '@temporalio/workflow'
import type { JsonObject } from '#language/json'
import type { Step } from '#language/plan'
import type { ExecuteFlowInput } from '../contract'
import { ChangeBatch } from './change-batch'
import { isLogged } from './log-level'
import { isTerminal, type Place, type StateChange, type TaskRun, valuePath } from './task-run'
import { deletePath, setPath } from './tree'

export type Label = { key: string; value: string }

/** All that changes while an execution runs; each change is noted for the record as it happens. */
export class ExecutionState {
  readonly input: ExecuteFlowInput
  /** What expressions see as `outputs` and `tasks`; grown in place, so that a task costs the same at any length. */
  readonly outputs: JsonObject = {}
  readonly taskStates: JsonObject = {}
  readonly changes = new ChangeBatch()
  labels: Label[]
  variables: JsonObject
  flowOutputs: JsonObject | null = null
  error: string | null = null
  histories: StateChange[]
  version = 0
  #positions = 0
  #logLines = 0
  readonly #tasksWithStoredOutputs = new Set<string>()
  readonly #children = new Map<TaskRun | undefined, TaskRun[]>()

  constructor(input: ExecuteFlowInput) {
    this.input = input
    this.labels = [...input.labels]
    this.variables = { ...input.plan.variables }
    this.histories = [{ state: 'CREATED', date: toDate(input.createdAtMs) }]
  }

  get current(): string {
    return this.histories.at(-1)!.state
  }

  get startDate(): string {
    return this.histories[0]!.date
  }

  /** Moves the execution to a state; one that ended stays as it is. */
  move(...states: string[]): void {
    for (const state of states) {
      if (isTerminal(this.current) || state === this.current) continue
      this.histories.push({ state, date: now() })
    }
    this.touch()
  }

  /** Kestra's history shows the failure of a task of the flow itself before its retry, that of a held task not. */
  retrying(isTopLevel: boolean): void {
    if (isTerminal(this.current) || this.current === 'RETRYING') return
    if (isTopLevel) this.histories.push({ state: 'FAILED', date: now() })
    this.histories.push({ state: 'RETRYING', date: now() })
    this.touch()
  }

  /** Notes that the execution's own row changed. */
  touch(): void {
    this.changes.touchExecution()
  }

  createRun(step: Step, place: Place, id = newId()): TaskRun {
    const created = { state: 'CREATED', date: now() }
    const run: TaskRun = {
      id,
      step,
      parent: place.parent,
      value: place.value,
      iteration: place.iteration,
      position: this.#positions++,
      state: 'CREATED',
      histories: [created],
      attempts: [],
      outputs: undefined,
      version: 0,
      logLines: 0,
    }
    this.adopt(run)
    return run
  }

  /** Takes a run that was recorded before, as it is. */
  adopt(run: TaskRun): void {
    this.#positions = Math.max(this.#positions, run.position + 1)
    const siblings = this.#children.get(run.parent)
    if (siblings === undefined) this.#children.set(run.parent, [run])
    else siblings.push(run)
    this.#expose(run)
    this.changes.touchRun(run)
  }

  childrenOf(run: TaskRun | undefined): readonly TaskRun[] {
    return this.#children.get(run) ?? []
  }

  /** Moves a task run through states; its current attempt follows. */
  moveRun(run: TaskRun, ...states: string[]): void {
    for (const state of states) this.#moveRun(run, { state, date: now() })
  }

  /** Ends a run and its attempt, which differ where a failure is forgiven. */
  endRun(run: TaskRun, state: string, attemptState: string): void {
    this.moveRun(run, state)
    const last = run.attempts.at(-1)!
    last.histories = last.histories.with(-1, { state: attemptState, date: run.histories.at(-1)!.date })
  }

  #moveRun(run: TaskRun, change: StateChange): void {
    if (change.state === 'RUNNING' && run.state !== 'PAUSED') startAttempt(run, change)
    run.state = change.state
    run.histories.push(change)
    if (isTerminal(change.state)) endAttempt(run, change)
    this.#exposeState(run)
    this.changes.touchRun(run)
  }

  /** Ends a run from outside: its attempt stays as it is, as Kestra leaves it. */
  #close(run: TaskRun, state: string): void {
    run.state = state
    run.histories.push({ state, date: now() })
    this.#exposeState(run)
    this.changes.touchRun(run)
  }

  /** Puts another end state in the place of a run's last one; its attempt keeps its own. */
  replaceEnd(run: TaskRun, state: string): void {
    run.state = state
    run.histories.splice(-1, 1, { state, date: run.histories.at(-1)!.date })
    this.#exposeState(run)
    this.changes.touchRun(run)
  }

  /** Takes over what an activity has recorded of a run. */
  setRecorded(run: TaskRun, recorded: Pick<TaskRun, 'state' | 'histories' | 'attempts' | 'version'>): void {
    Object.assign(run, recorded)
    this.#exposeState(run)
    this.changes.forget(run)
  }

  setOutputs(run: TaskRun, outputs: JsonObject): void {
    this.setRecordedOutputs(run, outputs)
    this.changes.touchRun(run)
  }

  /** Outputs that whoever made them has recorded. */
  setRecordedOutputs(run: TaskRun, outputs: JsonObject): void {
    run.outputs = outputs
    setPath(this.outputs, [run.step.id, ...valuePath(run)], outputs)
  }

  /** Notes that a run's outputs lie in internal storage: `outputs` holds their reference only. */
  markStored(run: TaskRun): void {
    this.#tasksWithStoredOutputs.add(run.step.id)
  }

  hasStoredOutputs(taskId: string): boolean {
    return this.#tasksWithStoredOutputs.has(taskId)
  }

  /** How many tasks have outputs in internal storage. */
  get storedOutputs(): number {
    return this.#tasksWithStoredOutputs.size
  }

  /** Takes a run and all below it out of the execution. */
  removeRun(run: TaskRun): void {
    for (const child of [...this.childrenOf(run)]) this.removeRun(child)
    this.#children.delete(run)
    const siblings = this.#children.get(run.parent)
    siblings?.splice(siblings.indexOf(run), 1)
    deletePath(this.outputs, [run.step.id, ...valuePath(run)])
    deletePath(this.taskStates, [run.step.id, ...valuePath(run)])
    this.changes.removeRun(run)
  }

  /** Gives all below a run that hasn't ended the state of their holder; `keep` are left alone, attempts stay open. */
  closeBelow(run: TaskRun, state: string, keep: (run: TaskRun) => boolean): void {
    for (const child of this.childrenOf(run)) {
      if (!isTerminal(child.state) && !keep(child)) this.#close(child, state)
      this.closeBelow(child, state, keep)
    }
  }

  /** Ends all that hasn't ended along with the execution; `keep` are left alone. */
  endAll(state: string, keep: (run: TaskRun) => boolean = () => false, run?: TaskRun): void {
    for (const child of this.childrenOf(run)) {
      if (!isTerminal(child.state) && !keep(child)) this.moveRun(child, state)
      this.endAll(state, keep, child)
    }
  }

  /** Writes a line to the log of a task run, or of the execution itself. */
  log(run: TaskRun | undefined, level: string, message: string): void {
    if (run !== undefined && !isLogged(level, run.step.logLevel)) return
    this.changes.addLog({
      taskRunId: run?.id ?? '',
      attempt: run === undefined ? 0 : Math.max(run.attempts.length, 1),
      sequence: workflowLines + (run === undefined ? this.#logLines++ : run.logLines++),
      timestamp: now(),
      taskId: run?.step.id ?? null,
      level,
      message,
    })
  }

  #expose(run: TaskRun): void {
    setPath(this.outputs, [run.step.id, ...valuePath(run)], run.outputs ?? {})
    this.#exposeState(run)
  }

  #exposeState(run: TaskRun): void {
    setPath(this.taskStates, [run.step.id, ...valuePath(run)], { state: run.state })
  }
}

/** Lines of the workflow are counted from here, those of an activity from 0: both write for one attempt. */
const workflowLines = 1_000_000_000

function startAttempt(run: TaskRun, change: StateChange): void {
  const created = run.histories.findLast(({ state }) => state === 'CREATED') ?? run.histories[0]!
  run.attempts.push({ histories: [{ state: 'CREATED', date: created.date }, change] })
}

/** A run that never ran has an attempt, too: Kestra shows what was skipped, and what failed before it began. */
function endAttempt(run: TaskRun, change: StateChange): void {
  if (run.attempts.length === 0) run.attempts.push({ histories: change.state === 'FAILED' ? [] : [run.histories[0]!] })
  const { histories } = run.attempts.at(-1)!
  if (!isTerminal(histories.at(-1)?.state ?? '')) histories.push(change)
}

/** Deterministic: Temporal replaces the workflow's clock and randomness. */
export function now(): string {
  return toDate(Date.now())
}

function toDate(ms: number): string {
  return new Date(ms).toISOString()
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const idLength = 22

/** 128 random bits in Kestra's form: 22 letters and digits. */
export function newId(): string {
  let rest = BigInt(`0x${uuid4().replaceAll('-', '')}`)
  let id = ''
  while (id.length < idLength) {
    id = digits[Number(rest % 62n)]! + id
    rest /= 62n
  }
  return id
}
