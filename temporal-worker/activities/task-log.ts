import type { ExecutionRecorder, ExecutionRef, LogRow, MetricRow, TaskRunRow } from '#db/record-execution'
import type { LogLevel, Metric } from '#language/define-plugin'
import { isLogged } from '../workflows/log-level'

const flushMs = 200
const flushLines = 500

export type TaskLog = {
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
  /** All lines from the first are about to be told again: those of a lost worker make way for them. */
  startOver(): void
  /** Takes what is not written yet, for the transaction that ends the task run; call `settled` before. */
  take(): { logs: LogRow[]; metrics: MetricRow[] }
  /** Resolves when no batch is on its way. */
  settled(): Promise<void>
}

export type TaskLogOptions = {
  recorder: ExecutionRecorder
  execution: ExecutionRef
  run: Pick<TaskRunRow, 'id' | 'taskId'>
  attempt: number
  minimum: string | undefined
  maxLineBytes: number
  /** What a lost worker wrote of the same attempt. */
  before?: CutOff
}

type CutOff = { lines: number /** Deletes the lines below a number. */; forget(until: number): Promise<void> }

const cutOffNotice =
  'What ran up to here was cut off: its worker was lost or stopped. This attempt now runs again from its start.'

/** The log of one attempt: lines reach the database in batches while the task runs. */
export function createTaskLog(options: TaskLogOptions): TaskLog {
  const { recorder, execution, run, attempt, before } = options
  let logs: LogRow[] = []
  let metrics: MetricRow[] = []
  let lines = before?.lines ?? 0
  let isStale = false
  let measures = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function take() {
    clearTimeout(timer)
    timer = undefined
    const taken = { logs, metrics }
    logs = []
    metrics = []
    return taken
  }

  /** A batch that can't be written is tried again with the next one, since the rows know their numbers. */
  async function write(): Promise<void> {
    const batch = take()
    if (batch.logs.length === 0 && batch.metrics.length === 0 && !isStale) return
    try {
      await recorder.record(execution, { taskRuns: [], removedTaskRuns: [], ...batch })
      if (isStale) await before?.forget(firstLine)
      isStale = false
    } catch {
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
    logs.push({ taskRunId: run.id, attempt, sequence: lines++, timestamp, taskId: run.taskId, level, message: text })
    if (logs.length === flushLines) flush()
    else timer ??= setTimeout(flush, flushMs)
  }

  if (before !== undefined) log('WARN', cutOffNotice)
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
    take,
    settled: () => writing,
  }
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
