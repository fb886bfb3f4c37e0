import type { ExecutionRecorder, ExecutionRef, LogRow, MetricRow, TaskRunRow } from '#db/record-execution'
import type { LogLevel, Metric } from '#language/define-plugin'
import { isLogged } from '../workflows/log-level'
import type { Masker } from './masking/masker'

const flushMs = 200
const flushLines = 500
/** One statement holds no more: it would hold up the worker and the database. */
const batchBytes = 1024 * 1024
/** What waits to be written; above, whoever tells more has to wait. */
const mostPendingBytes = 4 * 1024 * 1024
/** Of a row beside its message, roughly. */
const rowBytes = 250

/** So often lines are held back that may begin a secret; then they are written all the same. */
const mostHolds = 10

export type TaskLog = {
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
  /** All lines from the first are about to be told again: those of a lost worker make way for them. */
  startOver(): void
  /** Resolves once there is room for more lines; undefined where there is. */
  caughtUp(): Promise<void> | undefined
  /** From now on a line that was said before the task came back is said again. */
  endRepeats(): void
  /** Takes what is not written yet, for the transaction that ends the task run; call `settled` before, so that it is little. */
  take(): { logs: LogRow[]; metrics: MetricRow[] }
  /** Resolves when no batch is on its way, and there is none to begin. */
  settled(): Promise<void>
}

export type TaskLogOptions = {
  recorder: ExecutionRecorder
  execution: ExecutionRef
  run: Pick<TaskRunRow, 'id' | 'taskId'>
  attempt: number
  minimum: string | undefined
  maxLineBytes: number
  masker: Masker
  /** What a lost worker wrote of the same attempt. */
  before?: CutOff
}

type CutOff = {
  lines: number
  /** What an attempt said that gave its place back; undefined where its worker was lost. */
  told?: string[] | undefined
  /** Deletes the lines below a number. */
  forget(until: number): Promise<void>
}

const cutOffNotice =
  'What ran up to here was cut off: its worker was lost or stopped. This attempt now runs again from its start.'

/** The log of one attempt: lines reach the database in batches while the task runs. */
export function createTaskLog(options: TaskLogOptions): TaskLog {
  const { recorder, execution, run, attempt, before, masker } = options
  let logs: LogRow[] = []
  let metrics: MetricRow[] = []
  let lines = before?.lines ?? 0
  let isStale = false
  let repeated = new Set(before?.told)
  let measures = 0
  let holds = 0
  let timer: NodeJS.Timeout | undefined
  let pendingBytes = 0
  let isFailing = false
  let waiting: (() => void)[] = []
  let writing: Promise<void> = Promise.resolve()

  function take(most = Number.POSITIVE_INFINITY) {
    clearTimeout(timer)
    timer = undefined
    const taken = { logs: masked(masker, logs.splice(0, countWithin(logs, most))), metrics: masker.json(metrics) }
    metrics = []
    return taken
  }

  function written(rows: LogRow[]): void {
    for (const row of rows) pendingBytes -= bytesOf(row)
    if (pendingBytes > mostPendingBytes) return
    for (const resolve of waiting) resolve()
    waiting = []
  }

  /** All but the last lines that may begin a secret: these wait for what follows them. */
  function takeFinished() {
    const taken = take(batchBytes)
    const held = holds < mostHolds ? masker.unfinishedLines(taken.logs.map(({ message }) => message)) : 0
    if (held === 0) {
      holds = 0
      return taken
    }
    holds++
    logs = [...taken.logs.splice(-held), ...logs]
    timer = setTimeout(flush, flushMs)
    return taken
  }

  /** A batch that can't be written is tried again with the next one, since the rows know their numbers. */
  async function write(): Promise<void> {
    const batch = takeFinished()
    if (batch.logs.length === 0 && batch.metrics.length === 0 && !isStale) return
    try {
      await recorder.record(execution, { taskRuns: [], removedTaskRuns: [], ...batch })
      if (isStale) await before?.forget(firstLine)
      isStale = false
      isFailing = false
      written(batch.logs)
      if (logs.length > flushLines) flush()
    } catch {
      isFailing = true
      logs = [...batch.logs, ...logs]
      metrics = [...batch.metrics, ...metrics]
      timer ??= setTimeout(flush, flushMs)
    }
  }

  function flush(): void {
    timer = undefined
    writing = writing.then(write)
  }

  function log(level: LogLevel, message: string, time = new Date()): void {
    if (!isLogged(level, options.minimum)) return
    const timestamp = time.toISOString()
    const text = cutLine(message, options.maxLineBytes)
    if (repeated.size > 0 && repeated.has(masker.lines([text])[0]!)) return
    const row = { taskRunId: run.id, attempt, sequence: lines++, timestamp, taskId: run.taskId, level, message: text }
    logs.push(row)
    pendingBytes += bytesOf(row)
    if (logs.length === flushLines) flush()
    else timer ??= setTimeout(flush, flushMs)
  }

  if (before !== undefined && before.told === undefined) log('WARN', cutOffNotice)
  const firstLine = lines

  return {
    log,
    metric({ tags = {}, ...metric }) {
      const timestamp = new Date().toISOString()
      metrics.push({ taskRunId: run.id, attempt, sequence: measures++, taskId: run.taskId, timestamp, tags, ...metric })
    },
    startOver() {
      isStale = before !== undefined
      if (isStale) flush()
    },
    endRepeats() {
      repeated = new Set()
    },
    caughtUp() {
      if (pendingBytes <= mostPendingBytes) return undefined
      return new Promise(resolve => waiting.push(resolve))
    },
    take: () => take(),
    async settled() {
      await writing
      while (logs.length > flushLines && !isFailing) {
        flush()
        await writing
      }
    },
  }
}

function bytesOf({ message }: LogRow): number {
  return message.length + rowBytes
}

/** How many of the first rows are within so many bytes; one at least. */
function countWithin(rows: LogRow[], bytes: number): number {
  if (bytes === Number.POSITIVE_INFINITY) return rows.length
  let count = 0
  for (let sum = 0; count < rows.length && sum < bytes; count++) sum += bytesOf(rows[count]!)
  return count
}

/** A line that was masked before stays as it is. */
function masked(masker: Masker, logs: LogRow[]): LogRow[] {
  if (masker.isEmpty) return logs
  const messages = masker.lines(logs.map(({ message }) => message))
  return logs.map((row, index) => ({ ...row, message: messages[index]! }))
}

/** Cuts what no one could read, and says so. */
export function cutLine(message: string, maxBytes: number): string {
  if (message.length <= maxBytes / 4) return message
  const bytes = Buffer.from(message)
  if (bytes.length <= maxBytes) return message
  return `${bytes
    .subarray(0, maxBytes)
    .toString('utf8')
    .replace(/\ufffd$/, '')} [cut: the line has ${bytes.length} bytes]`
}
