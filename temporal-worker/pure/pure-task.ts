import type { Metric } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'

export type ExitState = 'SUCCESS' | 'WARNING' | 'FAILED' | 'CANCELLED' | 'KILLED'

/** What a pure task does to its execution. */
export type Effect =
  | { kind: 'setLabels'; labels: { key: string; value: string }[] }
  | { kind: 'setVariables'; variables: JsonObject; overwrite: boolean }
  | { kind: 'unsetVariables'; names: string[]; ignoreMissing: boolean }
  | { kind: 'exit'; state: ExitState }

export type PureResult = {
  outputs?: JsonObject
  logs?: { level: string; message: string }[]
  metrics?: Metric[]
  effect?: Effect
}

/** Computes from rendered properties; `raw` are those as written, for messages. Throws `PureFailure` where it fails. */
export type PureTask = (properties: JsonObject, raw: JsonObject) => PureResult

/** The task failed for a reason its user can act on; what it logged before is kept. */
export class PureFailure extends Error {
  readonly result: PureResult
  constructor(message: string, result: PureResult = {}) {
    super(message)
    this.name = 'PureFailure'
    this.result = result
  }
}

/** A list or map, or JSON text of one; throws where it is neither. */
export function fromJsonText(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    throw new PureFailure(`${name} is not valid JSON: ${value.slice(0, 200)}`)
  }
}

/** A switch that may be its text. */
export function toBoolean(value: Json | undefined, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback
  return value === true || String(value).trim().toLowerCase() === 'true'
}
