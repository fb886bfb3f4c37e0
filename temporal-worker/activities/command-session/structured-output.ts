import { z } from 'zod'
import type { LogLevel, Metric } from '#language/define-plugin'
import type { Json } from '#language/json'

/** What a line `::{...}::` of a script says to Millrace. */
export type StructuredOutput = {
  outputs: { [name: string]: Json }
  metrics: Metric[]
  logs: { level: LogLevel; message: string }[]
}

const levelNames: Record<string, LogLevel> = {
  TRACE: 'TRACE',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARN',
  WARNING: 'WARN',
  ERROR: 'ERROR',
  CRITICAL: 'ERROR',
  FATAL: 'ERROR',
}

const StructuredLine = z.object({
  outputs: z.record(z.string(), z.json()).nullish(),
  metrics: z
    .array(
      z.object({
        name: z.string(),
        type: z.enum(['counter', 'timer', 'gauge']),
        value: z.coerce.number(),
        tags: z.record(z.string(), z.coerce.string()).nullish(),
      }),
    )
    .nullish(),
  logs: z
    .array(
      z.object({
        level: z.string().transform(level => levelNames[level.toUpperCase()] ?? 'INFO'),
        message: z.coerce.string(),
      }),
    )
    .nullish(),
})

const pattern = /^::(\{.*\})::$/

/** Reads a line of structured output; `null` for any other line, `problem` where it looks like one but can't be read. */
export function parseStructuredLine(line: string): StructuredOutput | { problem: string } | null {
  const text = line.startsWith('::{') ? pattern.exec(line)?.[1] : undefined
  if (text === undefined) return null
  const json = parseJson(text)
  if ('problem' in json) return json
  const parsed = StructuredLine.safeParse(json.value)
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) }
  const { outputs, metrics, logs } = parsed.data
  return {
    outputs: (outputs ?? {}) as StructuredOutput['outputs'],
    metrics: (metrics ?? []).map(({ tags, ...metric }) => ({ ...metric, ...(tags && { tags }) })),
    logs: logs ?? [],
  }
}

function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
