import type { ExecutionRow, TaskRunRow } from '#db/record-execution'

/** What may follow what in the history of an execution (6.2 of the reference). */
const executionMoves: Readonly<Record<string, readonly string[]>> = {
  CREATED: ['RUNNING'],
  RUNNING: ['PAUSED', 'FAILED', 'RETRYING', 'KILLING', 'SUCCESS', 'WARNING', 'CANCELLED', 'KILLED', 'RESTARTED'],
  PAUSED: ['RUNNING', 'RESTARTED', 'RETRYING', 'FAILED', 'KILLING', 'SUCCESS', 'WARNING', 'CANCELLED', 'KILLED'],
  RETRYING: ['RUNNING', 'PAUSED', 'RESTARTED', 'FAILED', 'KILLING', 'SUCCESS', 'WARNING', 'CANCELLED', 'KILLED'],
  KILLING: ['KILLED'],
  RESTARTED: ['RUNNING'],
  // A failure with a retry left shows before it.
  FAILED: ['RETRYING', 'RESTARTED'],
  SUCCESS: ['RESTARTED'],
  WARNING: ['RESTARTED'],
  CANCELLED: ['RESTARTED'],
  KILLED: [],
}

const ends = ['SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED']

const taskRunMoves: Readonly<Record<string, readonly string[]>> = {
  CREATED: ['RUNNING', ...ends],
  RUNNING: ['PAUSED', ...ends],
  PAUSED: ['RUNNING', ...ends],
  FAILED: ['RETRYING', 'RESTARTED', 'FAILED'],
  RETRYING: ['CREATED', ...ends],
  RESTARTED: ['RUNNING', ...ends],
  SUCCESS: ['RESTARTED'],
  WARNING: ['RESTARTED'],
  CANCELLED: ['RESTARTED'],
  KILLED: ['RESTARTED'],
  SKIPPED: ['RESTARTED'],
}

export type Written = {
  id: string
  type: string
  /** Of the flow. */
  branch: string
  /** The retry policy that counts for it. */
  policy: unknown
  /** Whether a restart takes it back, for it belongs to an end or to a round. */
  isTakenBack: boolean
  /** Whether it runs when the tasks of its holder have ended, whose state is made by then. */
  isBeside: boolean
  [property: string]: unknown
}
export type Records = { execution: ExecutionRow; rows: TaskRunRow[]; tasks: ReadonlyMap<string, Written> }

/** What is wrong with the record of an execution that has ended; empty where it keeps all laws. */
export function brokenLaws(records: Records): string[] {
  return [
    ...checkMoves('execution', records.execution.histories, executionMoves),
    ...records.rows.flatMap(row => checkMoves(row.taskId, row.histories, taskRunMoves)),
    ...checkEnds(records),
    ...checkTree(records),
    ...checkAttempts(records),
    ...checkHolders(records),
  ]
}

function checkMoves(
  what: string,
  histories: readonly { state: string; date: string }[],
  moves: Readonly<Record<string, readonly string[]>>,
): string[] {
  return histories.slice(1).flatMap(({ state, date }, index) => {
    const before = histories[index]!
    const isLaw = moves[before.state]?.includes(state) ?? false
    return [
      ...(isLaw ? [] : [`${what}: ${before.state} -> ${state} in ${histories.map(change => change.state).join(' ')}`]),
      ...(date >= before.date ? [] : [`${what}: goes back in time from ${before.date} to ${date}`]),
    ]
  })
}

function checkEnds({ execution, rows }: Records): string[] {
  const isEnded = (state: string) => ends.includes(state)
  return [
    ...(isEnded(execution.state) ? [] : [`the execution is left ${execution.state}`]),
    ...rows.filter(({ state }) => !isEnded(state)).map(({ taskId, state }) => `${taskId} is left ${state}`),
    ...[execution, ...rows]
      .filter(({ state, histories }) => histories.at(-1)!.state !== state)
      .map(({ state }) => `the last state of a history is not ${state}`),
    ...[execution, ...rows].filter(({ endDate }) => endDate === null).map(({ state }) => `${state} has no end date`),
  ]
}

/** Each place has one run, and each run a holder that is older. */
function checkTree({ rows }: Records): string[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const places = new Set<string>()
  return rows.flatMap(row => {
    const place = JSON.stringify([row.parentId, row.taskId, row.value, row.iteration])
    const isSecond = places.has(place)
    places.add(place)
    const parent = row.parentId === null ? undefined : byId.get(row.parentId)
    return [
      ...(isSecond ? [`${row.taskId} has two runs in one place`] : []),
      ...(row.parentId !== null && parent === undefined ? [`${row.taskId} has a holder that is gone`] : []),
      ...(parent !== undefined && parent.position > row.position ? [`${row.taskId} is older than its holder`] : []),
    ]
  })
}

/** Attempts are as many as the policies around the task allow. */
function checkAttempts({ execution, rows, tasks }: Records): string[] {
  const restarts = execution.histories.filter(({ state }) => state === 'RESTARTED').length
  return rows.flatMap(row => {
    const most = mostAttempts(tasks.get(row.taskId)!) * (1 + restarts)
    if (row.attempts.length <= most) return []
    return [`${row.taskId} had ${row.attempts.length} attempts, more than ${most}`]
  })
}

function mostAttempts({ policy }: Written): number {
  const { maxAttempts } = (policy ?? {}) as { maxAttempts?: number }
  if (policy === undefined) return 1
  return maxAttempts ?? Number.POSITIVE_INFINITY
}

/** The state of a holder, and of the execution, is that of the worst of its tasks, forgiven where it says so. */
function checkHolders(records: Records): string[] {
  const { execution, rows, tasks } = records
  // Ended from outside or by a task: then the end is given, not made.
  if (['KILLED', 'CANCELLED'].includes(execution.state) || rows.some(row => isKind(tasks, row, 'Exit'))) return []
  const all = worst(rows.filter(row => row.parentId === null && counts(tasks, row)).map(({ state }) => state))
  return [
    ...(execution.state === all ? [] : [`the execution is ${execution.state}, its tasks make ${all}`]),
    ...rows.filter(row => rows.some(({ parentId }) => parentId === row.id)).flatMap(row => checkHolder(records, row)),
  ]
}

function checkHolder({ rows, tasks }: Records, holder: TaskRunRow): string[] {
  const task = tasks.get(holder.taskId)!
  const parent = rows.find(({ id }) => id === holder.parentId)
  // A holder that was still open when its own ended has that one's state.
  if (parent !== undefined && holder.histories.at(-1)!.date === parent.histories.at(-1)!.date) return []
  const made = worst(rows.filter(row => row.parentId === holder.id && counts(tasks, row)).map(({ state }) => state))
  const softened = made === 'FAILED' && isKind(tasks, holder, 'AllowFailure') ? 'WARNING' : made
  const forgiven = softened === 'FAILED' && task.allowFailure ? 'WARNING' : softened
  const shown = forgiven === 'WARNING' && task.allowWarning ? 'SUCCESS' : forgiven
  return shown === holder.state ? [] : [`${holder.taskId} is ${holder.state}, what it holds makes ${shown}`]
}

function counts(tasks: Records['tasks'], row: TaskRunRow): boolean {
  return !tasks.get(row.taskId)!.isBeside
}

function isKind(tasks: Records['tasks'], row: TaskRunRow, kind: string): boolean {
  return tasks.get(row.taskId)!.type.endsWith(`.${kind}`)
}

function worst(states: string[]): string {
  return ['KILLED', 'FAILED', 'WARNING'].find(state => states.includes(state)) ?? 'SUCCESS'
}

/** What a restart did again though it needn't, or forgot. */
export function brokenByRestart(before: readonly TaskRunRow[], { rows, tasks }: Records): string[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const isDone = ({ state }: TaskRunRow) => ['SUCCESS', 'WARNING', 'SKIPPED'].includes(state)
  return before
    .filter(row => isDone(row) && !tasks.get(row.taskId)!.isTakenBack)
    .filter(row => JSON.stringify(byId.get(row.id)?.attempts) !== JSON.stringify(row.attempts))
    .map(({ taskId }) => `${taskId} had ended well, and ran again`)
}
