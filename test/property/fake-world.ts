import type { ExecutionChanges, ExecutionRow, TaskRunRow } from '#db/record-execution'
import type { JsonObject } from '#language/json'
import type { RunTaskInput, RunTaskResult } from '#worker/activities/run-task'
import { beginAttempt, endAttempt, toRecorded } from '#worker/activities/task-run-rows'
import type { Answer, World } from './virtual-temporal'

export const activityNames = ['recordExecution', 'loadExecution', 'resolveInputs', 'runTask', 'storeText', 'loadText']

/** The database as far as executions write it, and the tasks of users, told by their own properties how to go. */
export class FakeWorld implements World {
  /** Each row gives way only to a higher version, as in Postgres. */
  readonly taskRuns = new Map<string, TaskRunRow>()
  execution: ExecutionRow | undefined
  /** States in which the execution was recorded. */
  readonly seen: string[] = []
  /** How often each attempt of a task run began: `id attempt`. */
  readonly begun = new Map<string, number>()
  readonly #began = new Map<string, number>()
  readonly #texts = new Map<string, string>()

  call(name: string, args: unknown, nowMs: number): Answer {
    const handler = this.#handlers[name]
    if (handler === undefined) throw new Error(`no activity ${name} is known`)
    return handler(args as never, nowMs)
  }

  /** A task that is killed records so. */
  cancel(name: string, args: unknown): Answer {
    if (name !== 'runTask') throw new Error(`${name} was asked to stop`)
    return { afterMs: 0, finish: nowMs => this.#end(args as RunTaskInput, 'KILLED', nowMs) }
  }

  readonly #handlers: Record<string, (args: never, nowMs: number) => Answer> = {
    recordExecution: ({ changes }: { changes: ExecutionChanges }) => ({
      afterMs: 1,
      finish: () => this.record(changes),
    }),
    loadExecution: () => ({ afterMs: 5, finish: () => this.#load() }),
    resolveInputs: () => ({ afterMs: 3, finish: () => ({ inputs: {} }) }),
    runTask: (input: RunTaskInput, nowMs) => this.#runTask(input, nowMs),
    storeText: ({ name, text }: { name: string; text: string }) => ({
      afterMs: 2,
      finish: () => {
        this.#texts.set(name, text)
        return name
      },
    }),
    loadText: ({ uri }: { uri: string }) => ({ afterMs: 2, finish: () => this.#texts.get(uri) }),
  }

  #load() {
    const { histories, variables, version } = this.execution!
    return { histories, variables, version, taskRuns: this.rows }
  }

  get rows(): TaskRunRow[] {
    return [...this.taskRuns.values()].sort((a, b) => a.position - b.position)
  }

  record(changes: ExecutionChanges): void {
    const { execution } = changes
    if (execution !== undefined && execution.version > (this.execution?.version ?? 0)) {
      this.execution = execution
      this.seen.push(execution.state)
    }
    for (const id of changes.removedTaskRuns) this.taskRuns.delete(id)
    for (const row of changes.taskRuns) {
      if (row.version > (this.taskRuns.get(row.id)?.version ?? -1)) this.taskRuns.set(row.id, row)
    }
  }

  /** `env` says how: it fails so many attempts, and takes so long. */
  #runTask(input: RunTaskInput, nowMs: number): Answer {
    const attempt = input.run.attempts.length + 1
    const key = `${input.run.id} ${attempt}`
    this.begun.set(key, (this.begun.get(key) ?? 0) + 1)
    if (input.changes !== undefined) this.record(input.changes)
    this.record({ ...nothing, taskRuns: [beginAttempt(input.run, toDate(nowMs))] })
    this.#began.set(input.run.id, nowMs)
    const { FAILS, MS } = input.step.properties.env as { FAILS: string; MS: string }
    const isLate = input.timeoutMs !== undefined && input.timeoutMs < Number(MS)
    const state = isLate || attempt <= Number(FAILS) ? 'FAILED' : 'SUCCESS'
    return { afterMs: isLate ? input.timeoutMs! : Number(MS), finish: at => this.#end(input, state, at) }
  }

  #end(input: RunTaskInput, state: 'SUCCESS' | 'FAILED' | 'KILLED', nowMs: number): RunTaskResult {
    const shown = state === 'SUCCESS' ? input.successState : state === 'FAILED' ? input.failureState : state
    const outputs: JsonObject = { exitCode: state === 'SUCCESS' ? 0 : 1 }
    const running = beginAttempt(input.run, toDate(this.#began.get(input.run.id)!))
    const ended = { ...endAttempt(running, shown, state, toDate(nowMs)), outputs }
    this.record({ ...nothing, taskRuns: [ended] })
    return { state: shown, run: toRecorded(ended), outputs, isStored: false }
  }
}

const nothing = { taskRuns: [], removedTaskRuns: [], logs: [], metrics: [] } satisfies ExecutionChanges

function toDate(ms: number): string {
  return new Date(ms).toISOString()
}
