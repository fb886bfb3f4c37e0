import type { Arguments, Expression, ExpressionKind, Node, NodeKind, Position, Template } from './ast'
import { limits } from './limits'

/** A variable that a template reads: its name, then the keys that are written out. */
export type VariableReference = {
  path: (string | number)[]
  /** From 1, within the template. */
  line: number
  column: number
  /** Guarded by `??`, `default` or `is defined`: it may be missing. */
  optional?: true
  /** In a branch, a loop, or behind an `and` or `or`: it may never be read. */
  conditional?: true
}

export type CallUse = { kind: 'function' | 'filter' | 'test'; name: string; at: Position }

export type Uses = {
  variables: VariableReference[]
  calls: CallUse[]
  /** Paths that some `is defined` asks for. */
  guarded: (string | number)[][]
}

type Walk = Uses & { template: Template }

/** What is bound where the walk stands. */
type Place = { locals: Set<string>; optional: boolean; conditional: boolean; depth: number }

/** Every variable a template reads, names bound within it left out, and every call it makes. */
export function findUses(template: Template): Uses {
  const walk: Walk = { template, variables: [], calls: [], guarded: [] }
  walkNodes(walk, template.body, { locals: new Set(), optional: false, conditional: false, depth: 0 })
  const isGuarded = ({ path }: VariableReference) =>
    walk.guarded.some(guard => guard.every((key, index) => path[index] === key))
  const variables = walk.variables.map(variable =>
    isGuarded(variable) ? { ...variable, optional: true as const } : variable,
  )
  return { variables, calls: walk.calls, guarded: walk.guarded }
}

type NodeWalkers = { [Kind in NodeKind]: (walk: Walk, node: Extract<Node, { kind: Kind }>, place: Place) => void }

const nodeWalkers: NodeWalkers = {
  text: () => undefined,
  print: (walk, node, place) => walkExpression(walk, node.expression, place),
  if: (walk, node, place) => {
    for (const [index, { test, body }] of node.branches.entries()) {
      walkExpression(walk, test, index === 0 ? place : maybe(place))
      walkNodes(walk, body, maybe(place))
    }
    walkNodes(walk, node.otherwise, maybe(place))
  },
  for: (walk, node, place) => {
    walkExpression(walk, node.iterable, place)
    walkNodes(walk, node.body, { ...maybe(place), locals: new Set([...place.locals, node.name, 'loop']) })
    walkNodes(walk, node.otherwise, maybe(place))
  },
  set: (walk, node, place) => {
    walkExpression(walk, node.value, place)
    place.locals.add(node.name)
  },
  block: (walk, node, place) => walkNodes(walk, node.body, place),
  filterTag: (walk, node, place) => {
    for (const { name, args, at } of node.filters) {
      walk.calls.push({ kind: 'filter', name, at })
      walkArguments(walk, args, place)
    }
    walkNodes(walk, node.body, place)
  },
  macro: (walk, node, place) => {
    for (const { fallback } of node.parameters) if (fallback) walkExpression(walk, fallback, place)
    walkNodes(walk, node.body, { ...maybe(place), locals: new Set(node.parameters.map(({ name }) => name)) })
  },
}

function walkNodes(walk: Walk, nodes: Node[], place: Place): void {
  const inside = deeper(place)
  if (!inside) return
  for (const node of nodes) {
    const walker = nodeWalkers[node.kind] as (walk: Walk, node: Node, place: Place) => void
    walker(walk, node, inside)
  }
}

/** One level down, or nothing: what is nested deeper can't be evaluated either. */
function deeper(place: Place): Place | undefined {
  return place.depth < limits.depth ? { ...place, depth: place.depth + 1 } : undefined
}

type ExpressionWalkers = {
  [Kind in ExpressionKind]: (walk: Walk, node: Extract<Expression, { kind: Kind }>, place: Place) => void
}

const expressionWalkers: ExpressionWalkers = {
  literal: () => undefined,
  name: (walk, node, place) => addVariable(walk, node, place),
  attribute: (walk, node, place) => addVariable(walk, node, place),
  array: (walk, node, place) => walkAll(walk, node.items, place),
  map: (walk, node, place) =>
    walkAll(
      walk,
      node.entries.flatMap(({ key, value }) => [key, value]),
      place,
    ),
  interpolation: (walk, node, place) => walkAll(walk, node.parts, place),
  call: (walk, node, place) => {
    const isFunction = !walk.template.macros.has(node.name) && node.name !== 'block'
    if (isFunction) walk.calls.push({ kind: 'function', name: node.name, at: node.at })
    walkArguments(walk, node.args, place)
  },
  filter: (walk, node, place) => {
    walk.calls.push({ kind: 'filter', name: node.name, at: node.at })
    walkExpression(walk, node.target, node.name === 'default' ? { ...place, optional: true } : place)
    walkArguments(walk, node.args, place)
  },
  test: (walk, node, place) => {
    walk.calls.push({ kind: 'test', name: node.name, at: node.at })
    const isGuard = node.name === 'defined'
    const path = isGuard ? staticPath(node.target)?.path : undefined
    if (path) walk.guarded.push(path)
    walkExpression(walk, node.target, isGuard ? { ...place, optional: true } : place)
    walkArguments(walk, node.args, place)
  },
  unary: (walk, node, place) => walkExpression(walk, node.operand, place),
  binary: (walk, node, place) => {
    const forgives = node.operator === '??' || node.operator === '???'
    walkExpression(walk, node.left, forgives ? { ...place, optional: true } : place)
    walkExpression(walk, node.right, forgives || isLazy(node) ? maybe(place) : place)
  },
  conditional: (walk, node, place) => {
    walkExpression(walk, node.test, place)
    walkAll(walk, [node.then, node.otherwise], maybe(place))
  },
}

/** What stands here may never be looked at. */
function maybe(place: Place): Place {
  return { ...place, conditional: true }
}

function isLazy({ operator }: { operator: string }): boolean {
  return operator === 'and' || operator === 'or'
}

function walkExpression(walk: Walk, node: Expression, place: Place): void {
  const inside = deeper(place)
  if (!inside) return
  const walker = expressionWalkers[node.kind] as (walk: Walk, node: Expression, place: Place) => void
  walker(walk, node, inside)
}

function walkAll(walk: Walk, nodes: Expression[], place: Place): void {
  for (const node of nodes) walkExpression(walk, node, place)
}

function walkArguments(walk: Walk, args: Arguments, place: Place): void {
  walkAll(walk, [...args.positional, ...args.named.map(({ value }) => value)], place)
}

function addVariable(walk: Walk, node: Expression, place: Place): void {
  for (let inner = node; inner.kind === 'attribute'; inner = inner.target) walkExpression(walk, inner.key, place)
  const found = staticPath(node)
  if (!found) {
    walkExpression(walk, rootOf(node), place)
    return
  }
  const { path, root } = found
  if (place.locals.has(root.name)) return
  const { line, column } = root.at
  walk.variables.push({
    path,
    line,
    column,
    ...(place.optional ? { optional: true } : {}),
    ...(place.conditional ? { conditional: true } : {}),
  })
}

function rootOf(node: Expression): Expression {
  let root = node
  while (root.kind === 'attribute') root = root.target
  return root
}

/** The keys that are written out, up to the first one that is computed. */
export function staticPath(
  node: Expression,
): { path: (string | number)[]; root: Extract<Expression, { kind: 'name' }> } | undefined {
  const keys: Expression[] = []
  let root = node
  while (root.kind === 'attribute') {
    keys.unshift(root.key)
    root = root.target
  }
  if (root.kind !== 'name') return undefined
  const path: (string | number)[] = [root.name]
  for (const key of keys) {
    if (key.kind !== 'literal' || (typeof key.value !== 'string' && typeof key.value !== 'number')) break
    path.push(key.value)
  }
  return { path, root }
}
