import type { Path } from '../check/problem'

/**
 * What a graph of a flow shows: its triggers, and its lists of tasks with what they hold, as plain data. It is made of
 * whatever reads as YAML, however wrong the flow is, so that a view of it lives through half-typed text.
 */
export type Topology = {
  triggers: TriggerNode[]
  /** The flow's own lists: `tasks` always, the others where they are written. */
  branches: Branch[]
  edges: Edge[]
}

export type NodeBase = {
  /** One of its kind in this topology, and the same after an edit that leaves the id alone. */
  key: string
  /** Where its map stands in the flow. */
  path: Path
  id: string | undefined
  /** As written. */
  type: string | undefined
  isDisabled: boolean
  description: string | undefined
  /** Counts from 1. */
  line: number
}

export type TriggerNode = NodeBase

export type TaskNode = NodeBase & {
  /** Where its item of the list stands: around the task in a Dag, else the same as `path`. */
  itemPath: Path
  /** Of a task that holds tasks: its lists, also those of `children` that are not written yet. */
  branches: Branch[]
  /** Of a Subflow or ForEachItem. */
  subflow: { namespace: string; flowId: string } | undefined
  /** As written: `runIf` or `when`. */
  condition: string | undefined
}

/** A list of tasks. */
export type Branch = {
  key: string
  /** Of the list; where `isWritten` is false, where it would stand. */
  path: Path
  isWritten: boolean
  /** `tasks`, `then`, `else`, `cases`, `errors` ... */
  property: string
  /** Shown: `then`, `SMALL`, `if an error` ... */
  label: string
  /** How its tasks follow each other. */
  order: 'sequence' | 'parallel' | 'dag'
  tasks: TaskNode[]
}

export type Edge = {
  key: string
  /** Keys of nodes. */
  from: string
  to: string
  /**
   * - `order`: runs after
   * - `dependsOn`: of a Dag
   * - `data`: reads an output of
   * - `trigger`: starts the flow
   */
  kind: 'order' | 'dependsOn' | 'data' | 'trigger'
}
