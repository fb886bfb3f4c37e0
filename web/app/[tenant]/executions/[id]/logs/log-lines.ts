import type { LogEntry } from '#web/server/executions/execution'

export const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const
export type Level = (typeof levels)[number]

export type LogFilter = { minLevel: Level; task?: string; text?: string }

export function isLevel(value: string | null): value is Level {
  return (levels as readonly (string | null)[]).includes(value)
}

export function filterLogs(lines: LogEntry[], { minLevel, task, text }: LogFilter): LogEntry[] {
  const least = levels.indexOf(minLevel)
  const wanted = text?.toLowerCase()
  if (least === 0 && !task && !wanted) return lines
  return lines.filter(
    line =>
      levelIndex(line.level) >= least &&
      (!task || line.taskId === task) &&
      (!wanted || line.message.toLowerCase().includes(wanted)),
  )
}

/** A level we don't know is never hidden. */
function levelIndex(level: string): number {
  return isLevel(level) ? levels.indexOf(level) : levels.length
}

/** Lines after `last`, a position; what was seen already is left out, so that a repeated answer adds nothing. */
export function linesAfter(lines: LogEntry[], last: string | undefined): LogEntry[] {
  return last === undefined ? lines : lines.filter(({ position }) => isAfter(position, last))
}

/** Positions are whole numbers too large for a `number`. */
export function isAfter(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals begin with one
const ansi = /\u001b\[[0-9;]*[A-Za-z]/g

/** The message without a terminal's colours. */
export function plainText(message: string): string {
  return message.includes('\u001b') ? message.replace(ansi, '') : message
}
