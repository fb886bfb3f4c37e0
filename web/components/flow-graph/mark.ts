/** What is said of a node beside what it is: its state in an execution, or what a revision changed in it. */
export type Mark = {
  tone: 'success' | 'danger' | 'warning' | 'running' | 'info' | 'muted' | 'added' | 'removed' | 'changed'
  label: string
  /** A few more characters: a duration, a count. */
  detail?: string
}

/** By the key of a node. */
export type Marks = Readonly<Record<string, Mark>>
