import type { Path } from '../check/problem'
import type { Json } from '../json'

/** A place in a list of tasks or triggers, which may not be written yet; `index` is where the item then stands. */
export type Spot = { list: Path; index: number }

/**
 * One edit that a person makes in a graph or a form. Paths are of the flow as it is before the edit. All but what changes
 * stays byte for byte: comments, order, quoting, blank lines.
 */
export type FlowEdit =
  /** `yaml`: a task or trigger as a map, written for indentation 0. In a Dag's list the item is wrapped as `task:`. */
  | { kind: 'insert'; at: Spot; yaml: string }
  /** `at` as counted before the item is taken out. */
  | { kind: 'move'; path: Path; at: Spot }
  /** After itself, its ids made unlike all others (`copy_of_x`). */
  | { kind: 'duplicate'; path: Path }
  /** With the comments that belong to it. A list that becomes empty goes where the language doesn't require it. */
  | { kind: 'remove'; path: Path }
  /** Replaces a property's value, its quotes and block style kept where they can be, or adds the property (and the maps around it). */
  | { kind: 'set'; path: Path; value: Json }
  /** Takes a property out, and nothing where it isn't written. */
  | { kind: 'unset'; path: Path }
  /** In a Dag: `task` (path of the item) waits for the task of that id, or no longer. */
  | { kind: 'connect' | 'disconnect'; path: Path; to: string }
  /** Renames a task, trigger or input, and every expression and `dependsOn` that names it. */
  | { kind: 'rename'; path: Path; id: string }

/** A span of the text and what takes its place; offsets of UTF-16 units. */
export type TextEdit = { start: number; end: number; text: string }

/** `edits` do not overlap and stand in order. `problem` says in a sentence why it can't be done, e.g. "it comes from an anchor". */
export type EditResult = { text: string; edits: TextEdit[] } | { problem: string }
