import { nearest, suggestion } from '../nearest'
import { regexProblem } from '../regex-problem'
import type { Arguments, Attribute, Expression, FilterCall, FilterTag, Node, NodeKind, Position } from './ast'
import { argumentProblem } from './bind-arguments'
import type { Callable } from './callable'
import { filters } from './filters'
import { findUses, staticPath } from './find-uses'
import { functions } from './functions'
import { inferBinary } from './infer-binary'
import { limits } from './limits'
import { parse } from './parse'
import { filterSignatures, functionGives, testTakes } from './signatures'
import {
  boolean,
  commonType,
  describeType,
  listOf,
  mapOf,
  number,
  type StaticType,
  type TypeKind,
  text,
  typeAtKey,
  typeOfValue,
  unknown,
} from './static-types'
import { tests } from './tests'
import { ExpressionError } from './types'
import { rootOf, written } from './written'

/** What evaluation would complain of, told from the types of the variables. */
export type TypeProblem = {
  kind: 'key' | 'type' | 'arguments'
  message: string
  /** Within the template, from 1. */
  line: number
  column: number
  /** The variable that it is about, where it is about one. */
  root?: string
  /** In a branch, a loop, or behind an `and` or `or`: it may never come to it. */
  conditional: boolean
  /** A name that is none of those that are known, and like none of them: no slip. */
  isOther?: true
}

type Walk = {
  typeOf: (name: string) => StaticType
  problems: TypeProblem[]
  guarded: (string | number)[][]
  macros: ReadonlySet<string>
}

/** What is bound where the walk stands. */
type Place = { locals: Map<string, StaticType>; optional: boolean; conditional: boolean; depth: number }

/** Problems with the types in a template; none where its syntax is broken. `typeOf` gives the type of a variable. */
export function checkTypes(source: string, typeOf: (name: string) => StaticType): TypeProblem[] {
  if (!source.includes('{')) return []
  try {
    const template = parse(source)
    const { guarded } = findUses(template)
    const walk: Walk = { typeOf, problems: [], guarded, macros: new Set(template.macros.keys()) }
    walkNodes(walk, template.body, { locals: new Map(), optional: false, conditional: false, depth: 0 })
    return walk.problems
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}

type NodeWalkers = { [Kind in NodeKind]: (walk: Walk, node: Extract<Node, { kind: Kind }>, place: Place) => void }

const nodeWalkers: NodeWalkers = {
  text: () => undefined,
  print: (walk, node, place) => void infer(walk, node.expression, place),
  if: (walk, node, place) => {
    for (const [index, { test, body }] of node.branches.entries()) {
      condition(walk, test, index === 0 ? place : maybe(place))
      walkNodes(walk, body, maybe(place))
    }
    walkNodes(walk, node.otherwise, maybe(place))
  },
  for: walkFor,
  set: (walk, node, place) => {
    const type = infer(walk, node.value, place)
    // A value set in a branch, or again in a loop, may be another one later.
    place.locals.set(node.name, place.conditional ? unknown : type)
  },
  block: (walk, node, place) => walkNodes(walk, node.body, place),
  filterTag: (walk, node, place) => {
    walkNodes(walk, node.body, place)
    node.filters.reduce<StaticType>((input, filter) => applyFilter(walk, filter, input, place), text)
  },
  macro: (walk, node, place) => {
    const parameters = node.parameters.map(({ name }) => [name, unknown] as const)
    walkNodes(walk, node.body, { ...maybe(place), locals: new Map(parameters) })
  },
}

function walkNodes(walk: Walk, nodes: Node[], place: Place): void {
  if (place.depth >= limits.depth) return
  const inside = { ...place, depth: place.depth + 1 }
  for (const node of nodes) {
    const walker = nodeWalkers[node.kind] as (walk: Walk, node: Node, place: Place) => void
    walker(walk, node, inside)
  }
}

function walkFor(walk: Walk, node: Extract<Node, { kind: 'for' }>, place: Place): void {
  const type = infer(walk, node.iterable, place)
  if (type.kind === 'text' || type.kind === 'number' || type.kind === 'boolean') {
    report(
      walk,
      node.at,
      place,
      'type',
      `a loop goes over a list or a map, not over ${describeType(type)}`,
      node.iterable,
    )
  }
  const item = type.kind === 'list' ? type.items : type.kind === 'map' ? mapOf({ key: text, value: unknown }) : unknown
  const locals = new Map([...place.locals, [node.name, item] as const, ['loop', unknown] as const])
  walkNodes(walk, node.body, { ...maybe(place), locals })
  walkNodes(walk, node.otherwise, maybe(place))
}

/** What stands here may never be looked at. */
function maybe(place: Place): Place {
  return { ...place, conditional: true }
}

/** The type of an expression; what is wrong within it is noted on the way. */
function infer(walk: Walk, node: Expression, place: Place): StaticType {
  if (place.depth >= limits.depth) return unknown
  const inside = { ...place, depth: place.depth + 1 }
  switch (node.kind) {
    case 'literal':
      return typeOfValue(node.value)
    case 'name':
      return place.locals.get(node.name) ?? walk.typeOf(node.name)
    case 'attribute':
      return inferAttribute(walk, node, inside)
    case 'array':
      return listOf(commonType(node.items.map(item => infer(walk, item, inside))))
    case 'map':
      return inferMap(walk, node, inside)
    case 'interpolation':
      for (const part of node.parts) infer(walk, part, inside)
      return text
    case 'call':
      return inferCall(walk, node, inside)
    case 'filter':
      return inferFilter(walk, node, inside)
    case 'test':
      return inferTest(walk, node, inside)
    case 'unary':
      return inferUnary(walk, node, inside)
    case 'binary':
      return inferBinaryNode(walk, node, inside)
    case 'conditional': {
      condition(walk, node.test, inside)
      return commonType([infer(walk, node.then, maybe(inside)), infer(walk, node.otherwise, maybe(inside))])
    }
  }
}

function inferAttribute(walk: Walk, node: Attribute, place: Place): StaticType {
  const target = infer(walk, node.target, place)
  if (node.key.kind !== 'literal') infer(walk, node.key, place)
  const key = node.key.kind === 'literal' ? (node.key.value as string | number) : undefined
  const type = typeAtKey(target, key)
  if (type !== undefined) return type
  const path = staticPath(node)
  const isGuarded =
    path !== undefined && walk.guarded.some(guard => isPrefix(guard, path.path) || isPrefix(path.path, guard))
  if (place.optional || isGuarded) return unknown
  report(walk, rootOf(node).at, place, 'key', missingKey(node, target, key), node)
  if (isOther(target, key)) walk.problems.at(-1)!.isOther = true
  return unknown
}

function isOther(target: StaticType, key: string | number | undefined): boolean {
  if (target.kind !== 'map' || target.note !== undefined) return false
  const known = Object.keys(target.keys)
  return known.length > 0 && nearest(String(key), known).length === 0
}

function missingKey(node: Attribute, target: StaticType, key: string | number | undefined): string {
  const holder = written(node.target)
  if (target.kind !== 'map') {
    const advice = target.kind === 'text' ? `; where it holds JSON, write \`fromJson(${holder})\`` : ''
    return `\`${holder}\` is ${describeType(target)}: nothing is at \`${key ?? '...'}\` in it${advice}`
  }
  if (target.note !== undefined) return `\`${holder}\` has no \`${key}\`: ${target.note}`
  const known = Object.keys(target.keys)
  const near = nearest(String(key), known)
  const hint = near.length > 0 ? suggestion(near) : known.length > 0 ? `; it has ${known.join(', ')}` : ''
  return `\`${holder}\` has no \`${key}\`${hint}`
}

function inferMap(walk: Walk, node: Extract<Expression, { kind: 'map' }>, place: Place): StaticType {
  const entries = node.entries.map(({ key, value }) => ({ key, type: infer(walk, value, place) }))
  const isKnown = entries.every(({ key }) => key.kind === 'literal')
  if (!isKnown) return unknown
  return mapOf(Object.fromEntries(entries.map(({ key, type }) => [String((key as { value: unknown }).value), type])))
}

function inferCall(walk: Walk, node: Extract<Expression, { kind: 'call' }>, place: Place): StaticType {
  inferArguments(walk, node.args, place)
  if (walk.macros.has(node.name)) return text
  const called = functions.get(node.name)
  if (called !== undefined) checkArguments(walk, { name: node.name, args: node.args, at: node.at }, called, place)
  return Object.hasOwn(functionGives, node.name) ? functionGives[node.name]! : unknown
}

function inferFilter(walk: Walk, node: FilterCall, place: Place): StaticType {
  const input = infer(walk, node.target, node.name === 'default' ? { ...place, optional: true } : place)
  return applyFilter(walk, node, input, place, node.target)
}

function applyFilter(
  walk: Walk,
  filter: Pick<FilterTag['filters'][number], 'name' | 'args' | 'at'>,
  input: StaticType,
  place: Place,
  target?: Expression,
): StaticType {
  inferArguments(walk, filter.args, place)
  const definition = filters.get(filter.name)
  if (definition !== undefined) checkArguments(walk, filter, definition, place)
  checkPattern(walk, filter, place)
  const signature = Object.hasOwn(filterSignatures, filter.name) ? filterSignatures[filter.name] : undefined
  if (signature === undefined) return unknown
  checkInput(walk, { words: `\`${filter.name}\``, takes: signature.takes, at: filter.at, input, target }, place)
  return typeof signature.gives === 'function' ? signature.gives(input) : signature.gives
}

/** Filters whose first argument is a regular expression. */
const patternFilters: ReadonlySet<string> = new Set(['regexExtract', 'regexMatch', 'regexReplace', 'split'])

function checkPattern(walk: Walk, { name, args, at }: Pick<FilterCall, 'name' | 'args' | 'at'>, place: Place): void {
  const [pattern] = args.positional
  if (!patternFilters.has(name) || pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return
  const problem = regexProblem(pattern.value)
  if (problem !== null) report(walk, at, place, 'arguments', `"${pattern.value}" is ${problem}`, undefined)
}

function inferTest(walk: Walk, node: Extract<Expression, { kind: 'test' }>, place: Place): StaticType {
  const input = infer(walk, node.target, node.name === 'defined' ? { ...place, optional: true } : place)
  inferArguments(walk, node.args, place)
  const definition = tests.get(node.name)
  if (definition !== undefined) checkArguments(walk, node, definition, place)
  const takes = Object.hasOwn(testTakes, node.name) ? testTakes[node.name] : undefined
  checkInput(walk, { words: `\`is ${node.name}\``, takes, at: node.at, input, target: node.target }, place)
  return boolean
}

function inferUnary(walk: Walk, node: Extract<Expression, { kind: 'unary' }>, place: Place): StaticType {
  if (node.operator === 'not') {
    condition(walk, node.operand, place)
    return boolean
  }
  const input = infer(walk, node.operand, place)
  checkInput(
    walk,
    { words: `\`${node.operator}\``, takes: ['number'], at: node.at, input, target: node.operand },
    place,
  )
  return number
}

function inferBinaryNode(walk: Walk, node: Extract<Expression, { kind: 'binary' }>, place: Place): StaticType {
  const { operator } = node
  if (operator === 'and' || operator === 'or') {
    condition(walk, node.left, place)
    condition(walk, node.right, maybe(place))
    return boolean
  }
  if (operator === '??' || operator === '???') {
    const left = infer(walk, node.left, { ...place, optional: true })
    return commonType([left, infer(walk, node.right, maybe(place))])
  }
  const { type, problem } = inferBinary(operator, infer(walk, node.left, place), infer(walk, node.right, place))
  if (problem !== undefined) report(walk, node.at, place, 'type', problem, node.left)
  return type
}

/** A condition is true or false, a number or a text. */
function condition(walk: Walk, node: Expression, place: Place): void {
  const input = infer(walk, node, place)
  checkInput(
    walk,
    { words: 'a condition', takes: ['boolean', 'number', 'text'], at: node.at, input, target: node },
    place,
  )
}

type Asked = {
  words: string
  takes: readonly TypeKind[] | undefined
  at: Position
  input: StaticType
  target: Expression | undefined
}

function checkInput(walk: Walk, { words, takes, at, input, target }: Asked, place: Place): void {
  if (takes === undefined || input.kind === 'unknown' || input.kind === 'null' || takes.includes(input.kind)) return
  const wanted = takes.map(kind => describeType({ kind } as StaticType)).join(' or ')
  const subject = target === undefined ? 'what it gets' : `\`${written(target)}\``
  report(walk, at, place, 'type', `${words} takes ${wanted}, but ${subject} is ${describeType(input)}`, target)
}

function inferArguments(walk: Walk, { positional, named }: Arguments, place: Place): void {
  for (const node of [...positional, ...named.map(({ value }) => value)]) infer(walk, node, place)
}

function checkArguments(
  walk: Walk,
  { name, args, at }: { name: string; args: Arguments; at: Position },
  called: Callable,
  place: Place,
): void {
  const named = args.named.map(argument => argument.name)
  const problem = argumentProblem(name, called, args.positional.length, named)
  if (problem !== null) report(walk, at, place, 'arguments', problem, undefined)
}

function report(
  walk: Walk,
  at: Position,
  place: Place,
  kind: TypeProblem['kind'],
  message: string,
  about: Expression | undefined,
): void {
  const root = about === undefined ? undefined : rootOf(about)
  walk.problems.push({
    kind,
    message,
    line: at.line,
    column: at.column,
    conditional: place.conditional,
    ...(root?.kind === 'name' && !place.locals.has(root.name) ? { root: root.name } : {}),
  })
}

function isPrefix(start: readonly (string | number)[], path: readonly (string | number)[]): boolean {
  return start.length <= path.length && start.every((key, index) => path[index] === key)
}
