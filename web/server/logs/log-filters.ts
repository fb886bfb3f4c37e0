import { z } from 'zod'
import { escapeLike } from '#db/like'
import { logLevels } from '#language/states'
import { integer } from '../schemas'

export type LogLevel = (typeof logLevels)[number]

/** What the lines of an execution are narrowed by. */
export const LineFilters = z.object({
  minLevel: z.enum(logLevels).optional(),
  taskRunId: z.string().max(100).optional(),
  taskId: z.string().max(256).optional(),
  /** Of a task run, from 1; lines of the execution itself have 0. */
  attempt: integer(0, 1_000_000).optional(),
  /** Part of a message, whatever its case. */
  q: z.string().max(200).optional(),
})
export type LineFilters = z.output<typeof LineFilters>

/** `logLevels` begins with the gravest. */
function levelsFrom(minLevel: LogLevel): LogLevel[] {
  return logLevels.slice(0, logLevels.indexOf(minLevel) + 1)
}

/** Those that a filter lets pass; null for all, those of a level that we don't know among them. */
export function shownLevels(minLevel: LogLevel | undefined): LogLevel[] | null {
  return minLevel === undefined || minLevel === 'TRACE' ? null : levelsFrom(minLevel)
}

/** As ILIKE takes it. */
export function containing(q: string | undefined): string | null {
  return q ? `%${escapeLike(q)}%` : null
}
