import { TaskError } from '#language/define-plugin'
import { compileRegex } from '../shared/regex'

type SplitProperties = { bytes?: string; partitions?: number; rows?: number; regexPattern?: string }

/** Tells the part that a line belongs to, or null for none. */
export type SplitRule = (line: string, size: number) => string | null

const units: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
}
const rules: { [Name in keyof Required<SplitProperties>]: (value: never) => SplitRule } = {
  bytes: byBytes,
  partitions: byPartitions,
  rows: byRows,
  regexPattern: byRegex,
}

/** The one rule that a task names. */
export function chooseRule(properties: SplitProperties): SplitRule {
  const given = (Object.keys(rules) as (keyof SplitProperties)[]).filter(name => properties[name] !== undefined)
  const [name] = given
  if (name === undefined || given.length > 1) {
    throw new TaskError(`Split needs one of ${Object.keys(rules).join(', ')}; it has ${given.join(' and ') || 'none'}`)
  }
  return rules[name](properties[name] as never)
}

function byBytes(text: string): SplitRule {
  const limit = parseBytes(text)
  let part = 0
  let bytes = 0
  return (_line, size) => {
    if (bytes > 0 && bytes + size > limit) {
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

/** `10MB` -> 10,000,000; `10MiB` -> 10,485,760 */
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
