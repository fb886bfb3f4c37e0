import type { TaskRunRow } from '#db/record-execution'

/** What the workflow must know of a row that an activity wrote. */
export type RecordedRun = Pick<TaskRunRow, 'state' | 'histories' | 'attempts' | 'version'>

/** The row with a new attempt that has begun. */
export function beginAttempt(row: TaskRunRow, date: string): TaskRunRow {
  const created = row.histories.findLast(({ state }) => state === 'CREATED') ?? row.histories[0]!
  const running = { state: 'RUNNING', date }
  return {
    ...row,
    state: 'RUNNING',
    histories: [...row.histories, running],
    attempts: [...row.attempts, { histories: [{ state: 'CREATED', date: created.date }, running] }],
    version: row.version + 1,
  }
}

/** The row with its last attempt, and itself, ended; they differ where a failure is forgiven. */
export function endAttempt(row: TaskRunRow, state: string, attemptState: string, date: string): TaskRunRow {
  const last = row.attempts.at(-1)!
  return {
    ...row,
    state,
    histories: [...row.histories, { state, date }],
    attempts: [...row.attempts.slice(0, -1), { histories: [...last.histories, { state: attemptState, date }] }],
    version: row.version + 1,
    endDate: date,
  }
}

/** The row of a run that never was: its attempt says so. */
export function skipRun(row: TaskRunRow, date: string): TaskRunRow {
  const skipped = { state: 'SKIPPED', date }
  return {
    ...row,
    state: 'SKIPPED',
    histories: [...row.histories, skipped],
    attempts: [{ histories: [row.histories[0]!, skipped] }],
    version: row.version + 1,
    endDate: date,
  }
}

export function toRecorded({ state, histories, attempts, version }: TaskRunRow): RecordedRun {
  return { state, histories, attempts, version }
}
