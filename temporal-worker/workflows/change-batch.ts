import type { ExecutionChanges, ExecutionRow, LogRow, MetricRow, TaskRunRow } from './changes'
import { isTerminal, type StateChange, type TaskRun } from './task-run'

/** Changes not yet recorded. Rows are made when they are taken, so that many changes of one run cost one row. */
export class ChangeBatch {
  #execution = false
  readonly #runs = new Set<TaskRun>()
  #removed: string[] = []
  #logs: LogRow[] = []
  #metrics: MetricRow[] = []

  touchExecution(): void {
    this.#execution = true
  }

  touchRun(run: TaskRun): void {
    this.#runs.add(run)
  }

  /** A run whose row is written by someone else from here on. */
  forget(run: TaskRun): void {
    this.#runs.delete(run)
  }

  removeRun(run: TaskRun): void {
    this.#runs.delete(run)
    this.removeRow(run.id)
  }

  removeRow(id: string): void {
    this.#removed.push(id)
  }

  addLog(row: LogRow): void {
    this.#logs.push(row)
  }

  addMetric(row: MetricRow): void {
    this.#metrics.push(row)
  }

  get size(): number {
    return this.#runs.size + this.#logs.length + this.#metrics.length + (this.#execution ? 1 : 0)
  }

  /** Empties the batch; undefined if there is nothing to record. `execution` gives the execution's own row. */
  take(execution: () => ExecutionRow): ExecutionChanges | undefined {
    if (this.size === 0 && this.#removed.length === 0) return undefined
    const changes: ExecutionChanges = {
      ...(this.#execution ? { execution: execution() } : {}),
      taskRuns: [...this.#runs].map(nextRow),
      removedTaskRuns: this.#removed,
      logs: this.#logs,
      metrics: this.#metrics,
    }
    this.#execution = false
    this.#runs.clear()
    this.#removed = []
    this.#logs = []
    this.#metrics = []
    return changes
  }
}

/** The next version of a run's row. */
function nextRow(run: TaskRun): TaskRunRow {
  run.version += 1
  return toRow(run)
}

/** A run as it is recorded. The lists are copied: the run's own go on growing. */
export function toRow(run: TaskRun): TaskRunRow {
  return {
    id: run.id,
    position: run.position,
    taskId: run.step.id,
    parentId: run.parent?.id ?? null,
    value: run.value ?? null,
    iteration: run.iteration ?? null,
    state: run.state,
    histories: [...run.histories],
    attempts: run.attempts.map(attempt => ({ histories: [...attempt.histories] })),
    outputs: run.outputs ?? null,
    version: run.version,
    startDate: run.histories[0]!.date,
    endDate: endDate(run.state, run.histories),
  }
}

/** Kestra's: a state that rests has an end. */
export function endDate(state: string, histories: readonly StateChange[]): string | null {
  return isTerminal(state) || state === 'PAUSED' ? histories.at(-1)!.date : null
}
