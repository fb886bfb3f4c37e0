import type { JsonObject } from '../json'
import type { Edit, FlowText } from './flow-text'

export type Path = (string | number)[]
export type Direction = 'toNew' | 'toOld'

/** One place where a flow speaks a dialect. */
export type Finding = {
  path: Path
  /** Points at the property's name instead of its value. */
  at?: 'key'
  /** Place within the text at the path, from 1. */
  within?: { line: number; column: number }
  /** The edits that say the same in the other dialect, or why none do. */
  change(text: FlowText): Edit[] | string
}

/** Something that Kestra 1 and Kestra 2 say differently. */
export type Construct = {
  name: string
  /** What a user reads of the old form. */
  message: string
  /** Not warned of by the check of dialects, since that of the plugin's properties does. */
  isWarnedElsewhere?: true
  toNew?(flow: JsonObject): Finding[]
  toOld?(flow: JsonObject): Finding[]
}
