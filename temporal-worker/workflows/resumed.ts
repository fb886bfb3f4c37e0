import type { Branches, Plan, Step } from '#language/plan'
import type { ResumeFrom } from '../contract'
import { quick } from './activities'
import type { TaskRunRow } from './changes'
import { type ExecutionState, newId, now } from './execution-state'
import { isTerminal, type Place, type TaskRun } from './task-run'
import type { Walk } from './walk'

type Mode = NonNullable<ResumeFrom['mode']>

/** States with which a task run needn't run again. */
const doneStates: ReadonlySet<string> = new Set(['SUCCESS', 'WARNING', 'SKIPPED'])

/** The task runs recorded before: `reuse` hands them to the walk as it comes to their place. */
export class Resumed {
  readonly #mode: Mode
  readonly #rows = new Map<string, TaskRunRow>()
  readonly #children = new Map<string | null, TaskRunRow[]>()
  /** From the id of a run of this walk to that of its row; the same but in a replay. */
  readonly #rowIds = new Map<string, string>()
  readonly #beforePosition: number

  constructor(rows: readonly TaskRunRow[], mode: Mode, beforePosition = Number.POSITIVE_INFINITY) {
    this.#mode = mode
    this.#beforePosition = beforePosition
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
    const parentId = place.parent === undefined ? null : (this.#rowIds.get(place.parent.id) ?? '')
    const key = keyOf({ parentId, taskId: step.id, value: place.value ?? null, iteration: place.iteration ?? null })
    const row = this.#rows.get(key)
    if (row === undefined) return undefined
    this.#rows.delete(key)
    const isDone = doneStates.has(row.state) && row.position < this.#beforePosition
    if (isDone) return this.#adoptAll(state, row, step, place.parent)
    if (this.#mode === 'replay') return undefined
    const run = this.#adopt(state, row, step, place.parent)
    if (isTerminal(row.state) || this.#mode === 'restart') state.moveRun(run, 'RESTARTED')
    return run
  }

  #adopt(state: ExecutionState, row: TaskRunRow, step: Step, parent: TaskRun | undefined): TaskRun {
    const id = this.#mode === 'replay' ? newId() : row.id
    this.#rowIds.set(id, row.id)
    const run = toRun(row, id, step, parent, this.#mode === 'replay' ? 0 : row.version)
    state.adopt(run)
    if (this.#mode !== 'replay') state.changes.forget(run)
    return run
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
  const { resumeFrom, tenantId, plan } = state.input
  if (resumeFrom === undefined) return undefined
  const mode = resumeFrom.mode ?? 'restart'
  const recorded = await quick.loadExecution({ tenantId, executionId: resumeFrom.executionId })
  if (mode !== 'replay') restoreExecution(state, recorded, mode)
  else state.move('RUNNING')
  const stale = mode === 'replay' ? new Set<string>() : staleRows(recorded.taskRuns, plan)
  for (const row of recorded.taskRuns) if (stale.has(row.id)) state.changes.removeRow(row.id)
  const kept = recorded.taskRuns.filter(row => !stale.has(row.id))
  const from = kept.find(row => row.id === resumeFrom.taskRunId)
  return new Resumed(kept, mode, from?.position)
}

type Recorded = Awaited<ReturnType<typeof quick.loadExecution>>

function restoreExecution(state: ExecutionState, recorded: Recorded, mode: Mode): void {
  state.histories = [...recorded.histories]
  state.version = recorded.version
  if (recorded.variables !== null) state.variables = recorded.variables
  if (mode === 'restart')
    for (const name of ['RESTARTED', 'RUNNING']) state.histories.push({ state: name, date: now() })
  state.touch()
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

function toRun(row: TaskRunRow, id: string, step: Step, parent: TaskRun | undefined, version: number): TaskRun {
  return {
    id,
    step,
    parent,
    value: row.value ?? undefined,
    iteration: row.iteration ?? undefined,
    position: row.position,
    state: row.state,
    histories: [...row.histories],
    attempts: row.attempts.map(attempt => ({ histories: [...attempt.histories] })),
    outputs: row.outputs ?? undefined,
    version,
    logLines: resumedLogLines,
  }
}

/** Lines of an earlier run of this workflow have lower numbers. */
const resumedLogLines = 1_000_000

function keyOf(row: Pick<TaskRunRow, 'parentId' | 'taskId' | 'value' | 'iteration'>): string {
  return JSON.stringify([row.parentId, row.taskId, row.value, row.iteration])
}
