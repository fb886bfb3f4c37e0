import type { Branches, Plan, Step } from '#language/plan'
import { isStored } from '#language/stored'
import type { Activities } from '../activities'
import type { ChangedTask, ResumeFrom } from '../contract'
import type { TaskRunRow } from './changes'
import { type ExecutionState, now } from './execution-state'
import { isTerminal, type Place, type TaskRun } from './task-run'
import type { Walk } from './walk'

type Mode = NonNullable<ResumeFrom['mode']>

/** States with which a task run needn't run again. */
const doneStates: ReadonlySet<string> = new Set(['SUCCESS', 'WARNING', 'SKIPPED'])

/** `beforePosition`: what came later runs again. `changedId`: the row whose state a person has set; it stays so. */
type Marks = { beforePosition?: number | undefined; changedId?: string | undefined }

type Source = { executionId: string; mode: Mode; taskRunId?: string }

const optional = (taskRunId: string | undefined) => (taskRunId === undefined ? {} : { taskRunId })

/** The task runs recorded before: `reuse` hands them to the walk as it comes to their place. */
export class Resumed {
  readonly #mode: Mode
  readonly #rows = new Map<string, TaskRunRow>()
  readonly #children = new Map<string | null, TaskRunRow[]>()
  /** From the id of a run of this walk to that of its row; the same but in a replay. */
  readonly #rowIds = new Map<string, string>()
  readonly #beforePosition: number
  readonly #changedId: string | undefined

  /** Whose rows they are. */
  readonly source: Source

  constructor(rows: readonly TaskRunRow[], source: Source, { beforePosition, changedId }: Marks = {}) {
    this.source = source
    this.#mode = source.mode
    this.#beforePosition = beforePosition ?? Number.POSITIVE_INFINITY
    this.#changedId = changedId
    for (const row of rows) {
      this.#rows.set(keyOf(row), row)
      const siblings = this.#children.get(row.parentId)
      if (siblings === undefined) this.#children.set(row.parentId, [row])
      else siblings.push(row)
    }
  }

  /**
   * The run recorded for a place: ended, with all below it, where it still holds; else a holder that goes on, or a
   * leaf to try again. Undefined where there is none.
   */
  reuse(state: ExecutionState, step: Step, place: Place): TaskRun | undefined {
    const parentId = place.parent === undefined ? null : this.#rowIdOf(place.parent)
    const row = this.#find(parentId, step, place)
    if (row === undefined) return undefined
    this.#rows.delete(keyOf(row))
    const isDone = row.id === this.#changedId || (doneStates.has(row.state) && row.position < this.#beforePosition)
    if (isDone) return this.#adoptAll(state, row, step, place.parent)
    if (this.#mode === 'replay') return undefined
    const run = this.#adopt(state, row, step, place.parent)
    if (isTerminal(row.state) || this.#mode === 'restart') state.moveRun(run, 'RESTARTED')
    return run
  }

  /** Ids of rows that the walk has not come to yet: only these count in the next run of its workflow. */
  get left(): string[] {
    return [...this.#rows.values()].map(({ id }) => id)
  }

  /** One that an earlier run of the workflow left open has the id of its row, but in a replay. */
  #rowIdOf({ id }: TaskRun): string {
    return this.#rowIds.get(id) ?? (this.#mode === 'replay' ? '' : id)
  }

  #find(parentId: string | null, step: Step, place: Place): TaskRunRow | undefined {
    const iteration = place.iteration ?? null
    const key = keyOf({ parentId, taskId: step.id, value: place.value ?? null, iteration })
    if (step.kind !== 'loopUntil') return this.#rows.get(key)
    // Its own iteration tells its round.
    const siblings = this.#children.get(parentId) ?? []
    return siblings.find(row => keyOf({ ...row, iteration }) === key && this.#rows.has(keyOf(row)))
  }

  #adopt(state: ExecutionState, row: TaskRunRow, step: Step, parent: TaskRun | undefined): TaskRun {
    const id = this.#mode === 'replay' ? state.newId() : row.id
    this.#rowIds.set(id, row.id)
    const version = this.#mode === 'replay' ? 0 : row.version
    const run = toRun(row, { id, step, parent, version, logLines: state.firstLine })
    state.adopt(run)
    if (this.#mode !== 'replay' && row.id !== this.#changedId) state.changes.forget(run)
    if (row.outputs !== null && isStored(row.outputs)) state.markStored(run)
    return run
  }

  /** Takes the runs recorded below a run out of the execution: they run again, as new ones. */
  dropBelow(state: ExecutionState, run: TaskRun): void {
    if (this.#mode === 'replay') return
    for (const row of this.#children.get(this.#rowIdOf(run)) ?? []) {
      this.#rows.delete(keyOf(row))
      state.changes.removeRow(row.id)
    }
  }

  #adoptAll(state: ExecutionState, row: TaskRunRow, step: Step, parent: TaskRun | undefined): TaskRun {
    const run = this.#adopt(state, row, step, parent)
    for (const child of this.#children.get(row.id) ?? []) {
      this.#rows.delete(keyOf(child))
      this.#adoptAll(state, child, { ...step, id: child.taskId }, run)
    }
    return run
  }
}

/** Loads what was recorded, if the execution goes on from there; sets the execution's own state back, too. */
export async function loadResumed(walk: Walk): Promise<Resumed | undefined> {
  const { state } = walk
  const { resumeFrom, plan } = state.input
  if (resumeFrom === undefined) return undefined
  const mode = resumeFrom.mode ?? 'restart'
  const recorded = await load(walk, resumeFrom.executionId)
  if (mode !== 'replay') restoreExecution(state, recorded, mode)
  else state.move('RUNNING')
  const changedId = changeTask(state, recorded.taskRuns)
  // A replay from a task run copies what came before it, whatever branch that was in.
  const stale = resumeFrom.taskRunId === undefined ? staleRows(recorded.taskRuns, plan) : new Set<string>()
  if (mode !== 'replay') for (const id of stale) state.changes.removeRow(id)
  const kept = recorded.taskRuns.filter(row => !stale.has(row.id))
  const from = kept.find(row => row.id === resumeFrom.taskRunId)
  const source: Source = { executionId: resumeFrom.executionId, mode, ...optional(resumeFrom.taskRunId) }
  return new Resumed(kept, source, { beforePosition: from?.position, changedId })
}

/** All that was recorded of an execution, asked for in pages. */
async function load({ host, state }: Walk, executionId: string): Promise<Recorded> {
  const { tenantId } = state.input
  const recorded = await host.quick.loadExecution({ tenantId, executionId, after: null })
  const taskRuns = [...recorded.taskRuns]
  for (let { next } = recorded; next !== undefined; ) {
    const page = await host.quick.loadExecution({ tenantId, executionId, after: next })
    for (const row of page.taskRuns) taskRuns.push(row)
    next = page.next
  }
  return { ...recorded, taskRuns }
}

/** What is left of it for the next run of the workflow. */
export type ResumedLeft = Source & { left: string[] }

/** Loads again what an earlier run of the workflow had not come to. */
export async function reloadResumed(walk: Walk, from: ResumedLeft): Promise<Resumed> {
  const { left: ids, ...source } = from
  const { taskRuns } = await load(walk, from.executionId)
  const position = taskRuns.find(({ id }) => id === from.taskRunId)?.position
  const left = new Set(ids)
  const rows = taskRuns.filter(({ id }) => left.has(id))
  const changedId = changeRow(rows, walk.state.input.changedTask)?.id
  return new Resumed(rows, source, { beforePosition: position, changedId })
}

/** Gives a task run the state that a person wants it to have, and says so; the id of its row. */
function changeTask(state: ExecutionState, rows: TaskRunRow[]): string | undefined {
  const { changedTask } = state.input
  const before = rows.find(({ id }) => id === changedTask?.taskRunId)?.state
  const row = changeRow(rows, changedTask)
  if (changedTask === undefined || row === undefined) return undefined
  const what = `the task run ${row.id} of the task ${row.taskId}`
  state.log(
    undefined,
    'INFO',
    `${changedTask.by} changed the state of ${what} from ${before} to ${changedTask.state}${reasonOf(changedTask)}`,
  )
  return row.id
}

function changeRow(rows: TaskRunRow[], changedTask: ChangedTask | undefined): TaskRunRow | undefined {
  const row = rows.find(({ id }) => id === changedTask?.taskRunId)
  if (changedTask === undefined || row === undefined) return undefined
  row.state = changedTask.state
  row.histories = [...row.histories, { state: changedTask.state, date: now() }]
  return row
}

function reasonOf({ reason }: ChangedTask): string {
  return reason ? `: ${reason}` : ''
}

type Recorded = Awaited<ReturnType<Activities['loadExecution']>>

function restoreExecution(state: ExecutionState, recorded: Recorded, mode: Mode): void {
  recall(state, recorded)
  if (mode === 'restart') for (const name of restartStates(state)) state.histories.push({ state: name, date: now() })
  state.touch()
}

/** One that waited for its place shows already that it was restarted. */
function restartStates({ current }: ExecutionState): string[] {
  return current === 'QUEUED' ? ['RUNNING'] : ['RESTARTED', 'RUNNING']
}

function recall(state: ExecutionState, { histories, version, variables }: Recorded): void {
  state.recall(histories, version)
  if (variables !== null) state.variables = variables
}

/** A restarted execution that won't get its place ends with all that it went through before. */
export async function recallQueued({ state, host }: Walk): Promise<void> {
  const { resumeFrom, tenantId } = state.input
  if (resumeFrom === undefined || resumeFrom.mode === 'replay') return
  recall(state, await host.quick.loadExecution({ tenantId, executionId: resumeFrom.executionId, after: null }))
}

/** Runs of `errors`, `finally` and `afterExecution` belong to the end that is taken back, with all below them. */
function staleRows(rows: readonly TaskRunRow[], plan: Plan): Set<string> {
  const endIds = new Set<string>()
  collectEndIds([...(plan.afterExecution ?? [])], endIds, true)
  collectBranches(plan, endIds, false)
  const stale = new Set<string>()
  for (const row of rows.toSorted((a, b) => a.position - b.position)) {
    if (endIds.has(row.taskId) || (row.parentId !== null && stale.has(row.parentId))) stale.add(row.id)
  }
  return stale
}

function collectBranches(branches: Branches, ids: Set<string>, isEnd: boolean): void {
  collectEndIds(branches.steps, ids, isEnd)
  collectEndIds(branches.errors ?? [], ids, true)
  collectEndIds(branches.finally ?? [], ids, true)
}

function collectEndIds(steps: readonly Step[], ids: Set<string>, isEnd: boolean): void {
  for (const step of steps) {
    if (isEnd) ids.add(step.id)
    if ('steps' in step) collectBranches(step, ids, isEnd)
    if (step.kind === 'if') collectEndIds(step.otherwise ?? [], ids, isEnd)
    if (step.kind === 'switch') {
      collectEndIds([...Object.values(step.cases).flat(), ...(step.defaults ?? [])], ids, isEnd)
    }
  }
}

function toRun(row: TaskRunRow, given: Pick<TaskRun, 'id' | 'step' | 'parent' | 'version' | 'logLines'>): TaskRun {
  return {
    ...given,
    value: row.value ?? undefined,
    iteration: row.iteration ?? undefined,
    placedAt: row.iteration ?? undefined,
    position: row.position,
    state: row.state,
    histories: [...row.histories],
    attempts: row.attempts.map(attempt => ({ histories: [...attempt.histories] })),
    outputs: row.outputs ?? undefined,
  }
}

function keyOf(row: Pick<TaskRunRow, 'parentId' | 'taskId' | 'value' | 'iteration'>): string {
  return JSON.stringify([row.parentId, row.taskId, row.value, row.iteration])
}
