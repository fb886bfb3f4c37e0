import { workflowLines } from '#db/workflow-lines'
import type { JsonObject } from '#language/json'
import type { Step } from '#language/plan'
import type { ExecuteFlowInput } from '../contract'
import { ChangeBatch } from './change-batch'
import { Children } from './children'
import { EndedRuns } from './continue/ended-runs'
import { idsBelow } from './held-steps'
import { isLogged } from './log-level'
import { isTerminal, type Place, type StateChange, type TaskRun, valuePath } from './task-run'
import { deletePath, setPath } from './tree'

export type Label = { key: string; value: string }

export type StateMarks = { positions: number; logLines: number; outputLength: number; stored: string[] }

/** All that changes while an execution runs; each change is noted for the record as it happens. */
export class ExecutionState {
  readonly input: ExecuteFlowInput
  readonly #uuid4: () => string
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
  /** Ended and recorded, and no longer held here as runs. */
  readonly ended = new EndedRuns()
  /** Task runs made since this run of the workflow began. */
  runsMade = 0
  /** Runs that were open when an earlier run of the workflow ended; each is taken up where it stood. */
  readonly takenUp = new Set<TaskRun>()
  readonly #toTakeUp = new Map<string, TaskRun>()
  #positions = 0
  #logLines = 0
  #outputLength = 0
  readonly #tasksWithStoredOutputs = new Set<string>()
  readonly #children = new Map<TaskRun | undefined, Children>()

  readonly #reads: ReadonlySet<string> | undefined

  constructor(input: ExecuteFlowInput, uuid4: () => string) {
    this.input = input
    this.#reads = input.plan.reads === undefined ? undefined : new Set(input.plan.reads)
    this.#uuid4 = uuid4
    this.labels = [...input.labels]
    this.variables = { ...input.plan.variables }
    const states = input.isQueued ? ['CREATED', 'QUEUED'] : ['CREATED']
    this.histories = states.map(state => ({ state, date: toDate(input.createdAtMs) }))
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

  /** For a task run or another execution. */
  newId(): string {
    return toId(this.#uuid4())
  }

  createRun(step: Step, place: Place, id = this.newId()): TaskRun {
    const created = { state: 'CREATED', date: now() }
    const run: TaskRun = {
      id,
      step,
      parent: place.parent,
      value: place.value,
      iteration: place.iteration,
      placedAt: place.iteration,
      position: this.#positions,
      state: 'CREATED',
      histories: [created],
      attempts: [],
      outputs: undefined,
      version: 0,
      logLines: 0,
    }
    this.runsMade += 1
    this.adopt(run)
    return run
  }

  /** What of its counters and marks the next run of the workflow must know. */
  get marks(): StateMarks {
    return {
      positions: this.#positions,
      logLines: this.#logLines,
      outputLength: this.#outputLength,
      stored: [...this.#tasksWithStoredOutputs],
    }
  }

  /**
   * Takes up an execution that ran before, with what it went through. Its lines from here on are numbered above all that
   * an earlier run wrote, since each run adds to the histories: a line is written once by its number.
   */
  recall(histories: readonly StateChange[], version: number): void {
    this.histories = [...histories]
    this.version = version
    this.#logLines = this.firstLine
  }

  /** The number of the first line that this run of an execution may write. */
  get firstLine(): number {
    return (this.histories.length % mostRuns) * linesOfRun
  }

  restoreMarks({ positions, logLines, outputLength, stored }: StateMarks): void {
    this.#outputLength = outputLength
    this.#positions = positions
    this.#logLines = logLines
    for (const taskId of stored) this.#tasksWithStoredOutputs.add(taskId)
  }

  /** Takes a run that was recorded before, as it is. */
  adopt(run: TaskRun): void {
    this.#positions = Math.max(this.#positions, run.position + 1)
    const siblings = this.#children.get(run.parent) ?? new Children()
    siblings.add(run)
    this.#children.set(run.parent, siblings)
    this.#expose(run)
    this.changes.touchRun(run)
  }

  /** Notes a run that an earlier run of the workflow left open. */
  leaveOpen(run: TaskRun): void {
    this.adopt(run)
    this.changes.forget(run)
    this.takenUp.add(run)
    this.#toTakeUp.set(placeKey(run.step, { ...run, iteration: run.placedAt }), run)
  }

  /** The run that an earlier run of the workflow left open at a place; once. */
  takeUp(step: Step, place: Place): TaskRun | undefined {
    if (this.#toTakeUp.size === 0) return undefined
    const key = placeKey(step, place)
    const run = this.#toTakeUp.get(key)
    this.#toTakeUp.delete(key)
    return run
  }

  childrenOf(run: TaskRun | undefined): readonly TaskRun[] {
    return [...(this.#children.get(run)?.all ?? [])]
  }

  /** Lets go of the runs of an iteration that have ended: the record has them. What is still open stays. */
  letGoOf(holder: TaskRun, iteration: number): void {
    for (const run of this.#children.get(holder)?.ofIteration(iteration) ?? []) this.#letGo(run)
  }

  #letGo(run: TaskRun): void {
    if (!isTerminal(run.state) || this.#hasOpenBelow(run)) return
    this.ended.note(run.parent, run.step.id, run.placedAt, run.state)
    const round = roundAround(run)
    if (round !== undefined) {
      round.letGo ??= []
      round.letGo.push(...this.idsFrom(run))
    }
    this.#drop(run)
  }

  #hasOpenBelow(run: TaskRun): boolean {
    return this.childrenOf(run).some(child => !isTerminal(child.state) || this.#hasOpenBelow(child))
  }

  /** Ids of a run and of all below it. */
  idsFrom(run: TaskRun): string[] {
    return [run.id, ...this.childrenOf(run).flatMap(child => this.idsFrom(child))]
  }

  #drop(run: TaskRun): void {
    for (const child of this.childrenOf(run)) this.#drop(child)
    this.#children.delete(run)
    this.#children.get(run.parent)?.delete(run)
    this.ended.forgetBelow(run)
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
    if (!this.#isRead(run)) return
    this.#outputLength += lengthOf(outputs)
    setPath(this.outputs, [run.step.id, ...valuePath(run)], outputs)
  }

  /** Whether the outputs may be too many to travel to an activity; overwritten ones count again. */
  get hasManyOutputs(): boolean {
    return this.#outputLength > manyOutputs
  }

  /** What no expression reads needn't be kept. */
  #isRead(run: TaskRun): boolean {
    return this.#reads?.has(run.step.id) ?? true
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
    for (const child of this.childrenOf(run)) this.removeRun(child)
    this.removeLetGo(run)
    this.#drop(run)
    deletePath(this.outputs, [run.step.id, ...valuePath(run)])
    deletePath(this.taskStates, [run.step.id, ...valuePath(run)])
    this.changes.removeRun(run)
  }

  /** Takes the runs of a round (LoopUntil) that the walk had let go out of the execution, with what they left. */
  removeLetGo(round: TaskRun): void {
    if (round.step.kind !== 'loopUntil') return
    for (const id of round.letGo ?? []) this.changes.removeRow(id)
    delete round.letGo
    this.ended.forgetBelow(round)
    for (const taskId of idsBelow(round.step)) {
      deletePath(this.outputs, [taskId, ...valuePath(round)])
      deletePath(this.taskStates, [taskId, ...valuePath(round)])
    }
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
    if (!this.#isRead(run)) return
    setPath(this.outputs, [run.step.id, ...valuePath(run)], run.outputs ?? {})
    this.#exposeState(run)
  }

  #exposeState(run: TaskRun): void {
    if (!this.#isRead(run)) return
    setPath(this.taskStates, [run.step.id, ...valuePath(run)], { state: run.state })
  }
}

function placeKey(step: Step, { parent, iteration }: Place): string {
  return JSON.stringify([parent?.id ?? null, step.id, iteration ?? null])
}

/** The nearest LoopUntil around a run: it takes all of a round out of the record when the next one begins. */
function roundAround(run: TaskRun): TaskRun | undefined {
  for (let at = run.parent; at !== undefined; at = at.parent) if (at.step.kind === 'loopUntil') return at
  return undefined
}

/** In characters: below this nobody looks how long they are. */
const manyOutputs = 64 * 1024

function lengthOf(outputs: JsonObject): number {
  return JSON.stringify(outputs).length
}

/** So many lines one run of an execution writes for one attempt; the numbers of so many runs fit into the column. */
const linesOfRun = 100_000
const mostRuns = 9000

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

/** The bits of a UUID in Kestra's form: 22 letters and digits. */
function toId(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let id = ''
  while (id.length < idLength) {
    id = digits[Number(rest % 62n)]! + id
    rest /= 62n
  }
  return id
}
