import type { LogLevel, Metric } from '#language/define-plugin'
import type { Json } from '#language/json'
import { parseStructuredLine } from './structured-output'

/** A longer message is cut; structured output may be longer. */
const maxMessageLength = 32 * 1024
const tailLines = 5
const tailLineLength = 500

export type CommandLogSink = {
  log(level: LogLevel, message: string, time?: Date): void
  metric(metric: Metric): void
}

export type CommandLog = {
  line(stream: 'stdout' | 'stderr', line: string, time: Date): void
  /** Says what was dropped. */
  end(): void
  /** Collected from structured output, the last of a name wins. */
  vars: { [name: string]: Json }
  /** The last lines of stderr, for the message of a failure. */
  errorLines: string[]
}

/** Turns the lines of a command into log messages, metrics and outputs, up to `maxBytes` of log. */
export function createCommandLog(sink: CommandLogSink, maxBytes: number): CommandLog {
  const vars: CommandLog['vars'] = {}
  const errorLines: string[] = []
  let bytes = 0
  let dropped = 0

  function write(level: LogLevel, message: string, time: Date): void {
    if (bytes <= maxBytes) bytes += Buffer.byteLength(message)
    if (bytes <= maxBytes) {
      sink.log(level, cut(message), time)
      return
    }
    if (dropped === 0)
      sink.log('WARN', `The log of this task run reached its limit of ${maxBytes} bytes: the rest is dropped.`)
    dropped++
  }

  return {
    vars,
    errorLines,
    line(stream, line, time) {
      const structured = parseStructuredLine(line)
      if (structured === null) {
        if (stream === 'stderr') remember(errorLines, line)
        write(stream === 'stderr' ? 'ERROR' : 'INFO', line, time)
        return
      }
      if ('problem' in structured) {
        write('WARN', `This line is not valid structured output (${structured.problem}): ${line}`, time)
        return
      }
      Object.assign(vars, structured.outputs)
      for (const metric of structured.metrics) sink.metric(metric)
      for (const { level, message } of structured.logs) write(level, message, time)
    },
    end() {
      if (dropped > 0) sink.log('WARN', `${dropped} lines above the limit of the log were dropped.`)
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
