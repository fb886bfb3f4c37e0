import type { Expression, Template } from '../expressions/ast'

/** Tasks that a template reads only at the values of the loops around it, and tasks that it reads otherwise. */
export type KeyedReads = { own: Set<string>; other: Set<string> }

/**
 * Sorts reads of `outputs` and `tasks`: `outputs.a[taskrun.value]` needs what the task left for this very value,
 * `outputs.a` needs all of it. In a loop over many values that decides on what travels, and on what may be forgotten.
 */
export function keyedReads(template: Template): KeyedReads {
  const found: KeyedReads = { own: new Set(), other: new Set() }
  visit(template, found)
  return found
}

function visit(node: unknown, found: KeyedReads): void {
  if (Array.isArray(node) || node instanceof Map) {
    for (const item of node.values()) visit(item, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const expression = node as Expression
  if (expression.kind === 'call' && expression.name === 'currentEachOutput') visitCurrentEach(expression, found)
  else if (expression.kind === 'attribute') visitChain(expression, found)
  else for (const child of Object.values(node)) visit(child, found)
}

/** It looks at nothing but the values around. */
function visitCurrentEach(call: Extract<Expression, { kind: 'call' }>, found: KeyedReads): void {
  const [argument] = call.args.positional
  const task = argument === undefined ? undefined : taskOf(keysOf(argument))
  if (task !== undefined && call.args.named.length === 0) found.own.add(task)
  else visit(call.args, found)
}

function visitChain(expression: Expression, found: KeyedReads): void {
  const chain = keysOf(expression)
  const task = taskOf(chain)
  if (task !== undefined) (isOwnValue(chain.keys[1]) ? found.own : found.other).add(task)
  for (const key of chain.keys) visit(key, found)
  if (chain.root.kind !== 'name') visit(chain.root, found)
}

type Chain = { root: Expression; keys: Expression[] }

function keysOf(expression: Expression): Chain {
  const keys: Expression[] = []
  let root = expression
  while (root.kind === 'attribute') {
    keys.unshift(root.key)
    root = root.target
  }
  return { root, keys }
}

/** The task whose outputs or state a chain of keys begins with. */
function taskOf({ root, keys }: Chain): string | undefined {
  const [first] = keys
  const isRead = root.kind === 'name' && (root.name === 'outputs' || root.name === 'tasks')
  return isRead && first?.kind === 'literal' ? String(first.value) : undefined
}

/** `taskrun.value`, `parent.taskrun.value` and `parents[n].taskrun.value`. */
function isOwnValue(key: Expression | undefined): boolean {
  if (key === undefined) return false
  const { root, keys } = keysOf(key)
  if (root.kind !== 'name') return false
  const path = [root.name, ...keys.map(part => (part.kind === 'literal' ? String(part.value) : ''))].join('.')
  return /^(parent\.|parents\.\d+\.)?taskrun\.value$/.test(path)
}
