import type { Token } from '../expressions/lexer'
import { chainAt, isPunctuation } from './chains'
import type { Edit } from './flow-text'

export type WordContext = {
  /** How many tasks stand between the reader and the loop. */
  depth: number
  /** Tasks in the loop. */
  ids: ReadonlySet<string>
}
/** Edits within one expression, or why there are none that say the same. */
export type WordEdits = (tokens: Token[], context: WordContext) => Edit[] | string

/** `a.b` and `a["b"]` as they stand in an expression: the keys written out, and the tokens they take. */
/** Whether an expression reads outputs or states of one of the tasks, or of tasks that it computes. */
export function readerWords(tokens: readonly Token[], ids: ReadonlySet<string>): boolean {
  return tokens.some((_, index) => {
    const chain = chainAt(tokens, index)
    if (chain === undefined || !['outputs', 'tasks'].includes(chain.keys[0]!)) return false
    return chain.keys[1] === undefined || ids.has(chain.keys[1])
  })
}

/** Expressions of a ForEach's task become those of a Loop's. */
export function toNewEdits(tokens: Token[], { depth, ids }: WordContext): Edit[] | string {
  const edits: Edit[] = []
  for (let index = 0; index < tokens.length; index++) {
    const chain = chainAt(tokens, index)
    if (chain === undefined) continue
    const { keys, from, to } = chain
    const word = itemWord(keys, depth)
    if (word !== undefined) {
      edits.push(over(tokens, from, from + word.length, word.text))
      index = to - 1
      continue
    }
    const reason = unknownWord(keys, depth)
    if (reason !== undefined) return reason
    if (keys[0] === 'currentEachOutput') {
      const call = eachOutput(tokens, index)
      if (call === undefined) return 'currentEachOutput() takes something else than outputs of a task'
      edits.push(...call.edits)
      index = call.to - 1
      continue
    }
    if (keys[0] !== 'outputs') continue
    if (keys[1] === undefined) return 'it reads outputs of a task that is known only when it runs'
    if (!ids.has(keys[1])) continue
    const key = valueKey(tokens, to, depth)
    if (keys.length > 2 || key === undefined)
      return `"outputs.${keys[1]}" is read otherwise than by the value of the loop`
    edits.push({ start: end(tokens[to - 1]!), end: end(tokens[key]!), text: '' })
    index = key
  }
  return edits
}

/** What of a chain becomes `item.value` or `item.index`; `length` counts tokens. */
function itemWord(keys: readonly string[], depth: number): { text: string; length: number } | undefined {
  const path = keys.join('.')
  const starts = (word: string) => path === word || path.startsWith(`${word}.`)
  if (depth === 0 && starts('taskrun.value')) return { text: 'item.value', length: 3 }
  if (depth === 0 && starts('taskrun.iteration')) return { text: 'item.index', length: 3 }
  if (depth === 1 && starts('parent.taskrun.value')) return { text: 'item.value', length: 5 }
  if (depth === 1 && starts('parents.0.taskrun.value')) return { text: 'item.value', length: 8 }
  return undefined
}

function unknownWord(keys: readonly string[], depth: number): string | undefined {
  const [root, second] = keys
  if (root === 'parent' || root === 'parents') return `"${keys.join('.')}" has no sure equal in a Loop`
  if (root === 'taskrun' && depth > 0 && (second === 'value' || second === 'iteration'))
    return `"${keys.join('.')}" is not that of the loop here`
  if (root === 'tasks') return 'it reads states of tasks, which lie apart in a Loop'
  return undefined
}

/** Index of the `]` that closes `[taskrun.value]` after a chain. */
function valueKey(tokens: readonly Token[], at: number, depth: number): number | undefined {
  if (!isPunctuation(tokens[at], '[')) return undefined
  const chain = chainAt(tokens, at + 1)
  const word = chain === undefined ? undefined : itemWord(chain.keys, depth)
  if (chain === undefined || word?.text !== 'item.value' || !isPunctuation(tokens[chain.to], ']')) return undefined
  return chain.to
}

/** `currentEachOutput(outputs.a)` becomes `outputs.a`. */
function eachOutput(tokens: readonly Token[], index: number): { edits: Edit[]; to: number } | undefined {
  const chain = isPunctuation(tokens[index + 1], '(') ? chainAt(tokens, index + 2) : undefined
  if (chain === undefined || chain.keys[0] !== 'outputs' || !isPunctuation(tokens[chain.to], ')')) return undefined
  const close = tokens[chain.to]!
  const first = tokens[index + 2]!
  return {
    edits: [
      { start: tokens[index]!.at.offset, end: first.at.offset, text: '' },
      { start: close.at.offset, end: end(close), text: '' },
    ],
    to: chain.to + 1,
  }
}

/** Expressions of a Loop's task become those of a ForEach's. */
export function toOldEdits(tokens: Token[], { depth, ids }: WordContext): Edit[] | string {
  const edits: Edit[] = []
  const value = depth === 0 ? 'taskrun.value' : depth === 1 ? 'parent.taskrun.value' : undefined
  for (let index = 0; index < tokens.length; index++) {
    const chain = chainAt(tokens, index)
    if (chain === undefined) continue
    const { keys, from } = chain
    const [root, second] = keys
    const isValue = root === 'item' && second === 'value'
    const isIndex = root === 'item' && second === 'index' && depth === 0
    if (isValue && value !== undefined) edits.push(over(tokens, from, from + 3, value))
    else if (isIndex) edits.push(over(tokens, from, from + 3, 'taskrun.iteration'))
    else if (root === 'item') return `"${keys.join('.')}" has no equal in a ForEach here`
    if (root === 'tasks') return 'it reads states of tasks, which a ForEach keeps by value'
    if (root !== 'outputs') continue
    if (second === undefined) return 'it reads outputs of a task that is known only when it runs'
    if (!ids.has(second)) continue
    if (value === undefined) return 'a task so deep in a ForEach cannot read its value'
    const isKey = isPunctuation(tokens[index + 1], '[')
    const last = tokens[index + (isKey ? 3 : 2)]!
    edits.push({ start: end(last), end: end(last), text: `[${value}]` })
  }
  return edits
}

function over(tokens: readonly Token[], from: number, to: number, text: string): Edit {
  return { start: tokens[from]!.at.offset, end: end(tokens[to - 1]!), text }
}

/** Only of names and punctuation, which stand as they are. */
function end(token: Token): number {
  return token.at.offset + token.value.length + (token.type === 'string' ? 2 : 0)
}
