import { isAfter } from '#web/components/logs/log-lines'
import type { Outputs } from '#web/components/trpc'
import type { LogEntry } from '#web/server/executions/execution'

type Index = Outputs['execution']['logIndex']

/** Parts that are kept; what was read longest ago goes first, and is read again when it comes into sight. */
const mostParts = 100
/** So many parts in one request at most. */
const partsAtOnce = 10

/** Parts from `first` on, to be asked for as the lines after `after`. */
export type Missing = { first: number; after: string; limit: number }
export type LogWindow = ReturnType<typeof createLogWindow>

/**
 * The lines of a log by their number, of which only the parts that were looked at are held: where each part begins is known
 * from the index, and lines that come later are added to its end.
 */
export function createLogWindow(index: Index) {
  const { markEvery } = index
  const marks = [...index.marks]
  const errors = [...index.errors]
  const parts = new Map<number, LogEntry[]>()
  /** Parts that are on their way. */
  const asked = new Set<number>()
  let { count } = index
  let last = index.last

  const sizeOf = (part: number) => Math.max(0, Math.min(markEvery, count - part * markEvery))

  function keep(part: number, lines: LogEntry[]) {
    parts.delete(part)
    parts.set(part, lines)
    const oldest = parts.size > mostParts ? parts.keys().next().value : undefined
    if (oldest !== undefined) parts.delete(oldest)
  }

  return {
    markEvery,
    errors: errors as readonly number[],
    count: () => count,
    partCount: () => marks.length,
    sizeOf,
    /** Position of the last line. */
    last: () => last,
    part: (part: number): LogEntry[] | undefined => parts.get(part),
    /** Lines as they come; those that were there already add nothing. */
    append(lines: LogEntry[]) {
      for (const line of lines) {
        if (last !== undefined && !isAfter(line.position, last)) continue
        const [part, before] = [Math.floor(count / markEvery), count % markEvery]
        if (before === 0) marks.push(line.position)
        if (line.level === 'ERROR') errors.push(count)
        const held = before === 0 ? [] : parts.get(part)
        // A part of which the beginning is not held is read whole, when it comes into sight.
        if (held?.length === before) keep(part, [...held, line])
        count += 1
        last = line.position
      }
    },
    /** What is to be asked for so that parts are whole; what is on its way is not asked for again. */
    missing(from: number, to: number): Missing[] {
      const found: Missing[] = []
      for (let part = Math.max(from, 0); part <= to && part < marks.length; part++) {
        if (asked.has(part) || parts.get(part)?.length === sizeOf(part)) continue
        const open = found.at(-1)
        const reach = open && open.limit / markEvery
        if (open && reach !== undefined && open.first + reach === part && reach < partsAtOnce) open.limit += markEvery
        else found.push({ first: part, after: (BigInt(marks[part] ?? 0) - 1n).toString(), limit: markEvery })
      }
      return found
    },
    /** Notes that it is asked for; without an answer, `store` no lines. */
    ask({ first, limit }: Missing) {
      for (let part = first; part < first + limit / markEvery; part++) asked.add(part)
    },
    /** The answer to what was missing. */
    store({ first, limit }: Missing, lines: LogEntry[]) {
      for (let part = first; part < first + limit / markEvery; part++) asked.delete(part)
      for (let at = 0; at < limit && at < lines.length; at += markEvery) {
        keep(first + at / markEvery, lines.slice(at, at + markEvery))
      }
    },
    /** The number of the next line of an error after a line, or before it; round the ends. */
    nextError(line: number, direction: 1 | -1): number | undefined {
      if (direction === 1) return errors.find(number => number > line) ?? errors[0]
      return errors.findLast(number => number < line) ?? errors.at(-1)
    },
  }
}
