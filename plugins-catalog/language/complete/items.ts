/** Something that may be written at a place of an expression. */
export type CompletionItem = {
  label: string
  kind: ItemKind
  /** Beside the label: a type, a signature. */
  detail: string
  /** Markdown. */
  documentation: string
  insert: string
  /** Where the cursor goes, counted from the start of `insert`; its end where absent. */
  cursor?: number
  /** Where it replaces more than the rest: an id with dashes takes its dot with it. */
  start?: number
}

export type ItemKind =
  | 'input'
  | 'variable'
  | 'output'
  | 'function'
  | 'filter'
  | 'test'
  | 'argument'
  | 'keyword'
  | 'secret'
  | 'kv'
