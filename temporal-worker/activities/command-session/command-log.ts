import { type CommandRequest, type LogLevel, type Metric, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import { parseStructuredLine } from './structured-output'

/** A longer message is cut; structured output may be longer. */
const maxMessageLength = 32 * 1024
/** A stack trace of Node, with the error above it. */
const tailLines = 12
const tailLineLength = 500
/** What a line takes beside its text: a task that says little a million times says much. */
const rowBytes = 64
/** Each is a row; pages and charts show far fewer. */
const mostMetrics = 10_000
/** Of the values of all outputs together, as they are printed; of a name the last counts. */
const maxVarsBytes = 128 * 1024 * 1024

export type CommandLogSink = {
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
}

export type CommandLog = {
  line(stream: 'stdout' | 'stderr', line: string, time: Date): void
  /** Says what was dropped. Throws where the outputs are too large. */
  end(): void
  /** Collected from structured output, the last of a name wins. */
  vars: { [name: string]: Json }
  /** The last lines of stderr, for the message of a failure. */
  errorLines: string[]
}

/** Turns the lines of a command into log messages, metrics and outputs, up to `maxBytes` of log. */
export function createCommandLog(
  sink: CommandLogSink,
  maxBytes: number,
  readLine: CommandRequest['readLine'] = () => undefined,
): CommandLog {
  const vars: CommandLog['vars'] = {}
  const errorLines: string[] = []
  const varBytes = new Map<string, number>()
  let bytes = 0
  let dropped = 0
  let allVarBytes = 0
  let metrics = 0

  function write(level: LogLevel, message: string, time: Date): void {
    if (bytes <= maxBytes) bytes += Buffer.byteLength(message) + rowBytes
    if (bytes <= maxBytes) {
      sink.log(level, cut(message), time)
      return
    }
    if (dropped === 0)
      sink.log('WARN', `The log of this task run reached its limit of ${maxBytes} bytes: the rest is dropped.`)
    dropped++
  }
  function measure(metric: Metric): void {
    metrics++
    if (metrics <= mostMetrics) sink.metric(metric)
    if (metrics === mostMetrics + 1) {
      sink.log('WARN', `This task run has more than ${mostMetrics} metrics: the rest is dropped.`)
    }
  }
  function keep(outputs: CommandLog['vars'], line: string): void {
    const names = Object.keys(outputs)
    for (const name of names) {
      allVarBytes += line.length / names.length - (varBytes.get(name) ?? 0)
      varBytes.set(name, line.length / names.length)
    }
    if (allVarBytes <= maxVarsBytes) Object.assign(vars, outputs)
  }

  return {
    vars,
    errorLines,
    line(stream, line, time) {
      const structured = parseStructuredLine(line)
      if (structured === null) {
        const { level, message } = readLine(line) ?? { level: stream === 'stderr' ? 'ERROR' : 'INFO', message: line }
        if (level === 'ERROR') remember(errorLines, message)
        write(level, message, time)
        return
      }
      if ('problem' in structured) {
        write('WARN', `This line is not valid structured output (${structured.problem}): ${line}`, time)
        return
      }
      keep(structured.outputs, line)
      for (const metric of structured.metrics) measure(metric)
      for (const { level, message } of structured.logs) write(level, message, time)
    },
    end() {
      if (dropped > 0) sink.log('WARN', `${dropped} lines above the limit of the log were dropped.`)
      if (allVarBytes > maxVarsBytes) {
        throw new TaskError(
          `The outputs of this task are larger than ${maxVarsBytes} bytes together: write them to files.`,
        )
      }
    },
  }
}

function remember(lines: string[], line: string): void {
  if (line.trim() === '') return
  lines.push(line.slice(0, tailLineLength))
  if (lines.length > tailLines) lines.shift()
}

/** Says how long the line was that the program wrote: the runner may have cut it before. */
function cut(message: string): string {
  if (message.length <= maxMessageLength) return message
  const size = / \.\.\. \[line cut: (\d+) bytes, [^\]]*\]$/.exec(message.slice(-100))?.[1] ?? Buffer.byteLength(message)
  return `${message.slice(0, maxMessageLength)} ... [cut: the line has ${size} bytes]`
}
