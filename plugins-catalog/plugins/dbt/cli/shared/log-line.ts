import { z } from 'zod'
import type { CommandRequest, Metric } from '#language/define-plugin'

type ReadLine = NonNullable<CommandRequest['readLine']>

const levels = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const

const LogLine = z.object({
  info: z.object({ level: z.enum(['debug', 'info', 'warn', 'error']), msg: z.string() }),
  data: z.object({ stats: z.record(z.string(), z.number()).optional() }).optional(),
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how dbt colours its messages
const colour = /\u001b\[[\d;]*m/g

/** Reads what dbt says with `--log-format json`; the counts of its last line become metrics. */
export function createLineReader(metric: (metric: Metric) => void): ReadLine {
  return line => {
    const read = line.startsWith('{') ? LogLine.safeParse(parse(line)) : undefined
    if (read?.success !== true) return undefined
    const { info, data } = read.data
    for (const [name, value] of Object.entries(data?.stats ?? {})) metric({ name, type: 'counter', value })
    return { level: levels[info.level], message: info.msg.replace(colour, '') }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
