import { TaskError } from '#language/define-plugin'
import { compileRegex } from '../shared/regex'

type SplitProperties = { bytes?: string; partitions?: number; rows?: number; regexPattern?: string }

/** Tells the part that a line belongs to, or null for none. */
export type SplitRule = (line: string, size: number) => string | null

const units: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
}
/** The first of them that a task names holds, as in Kestra. */
const rules: { [Name in keyof Required<SplitProperties>]: (value: never) => SplitRule } = {
  regexPattern: byRegex,
  bytes: byBytes,
  partitions: byPartitions,
  rows: byRows,
}

/** The rule that a task names. */
export function chooseRule(properties: SplitProperties): SplitRule {
  const names = Object.keys(rules) as (keyof SplitProperties)[]
  const name = names.find(name => properties[name] !== undefined)
  if (name === undefined) throw new TaskError(`Split needs one of ${names.join(', ')}`)
  return rules[name](properties[name] as never)
}

/** A part ends with the line that reaches the size. */
function byBytes(text: string): SplitRule {
  const limit = parseBytes(text)
  let part = 0
  let bytes = 0
  return (_line, size) => {
    if (bytes >= limit) {
      part++
      bytes = 0
    }
    bytes += size
    return String(part)
  }
}

function byPartitions(count: number): SplitRule {
  requirePositive('partitions', count)
  let line = 0
  return () => String(line++ % count)
}

function byRows(count: number): SplitRule {
  requirePositive('rows', count)
  let line = 0
  return () => String(Math.floor(line++ / count))
}

function byRegex(pattern: string): SplitRule {
  const find = compileRegex(pattern)
  return line => find(line)
}

/** `10MB` -> 10,485,760: Kestra counts in 1,024. */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim())
  const unit = units[(match?.[2] ?? '?').toUpperCase()]
  if (!match || unit === undefined) throw new TaskError(`bytes: ${JSON.stringify(text)} is no size; write 10MB`)
  const bytes = Number(match[1]) * unit
  requirePositive('bytes', bytes)
  return bytes
}

function requirePositive(name: string, value: number): void {
  if (value < 1) throw new TaskError(`${name} must be at least 1, not ${value}`)
}
