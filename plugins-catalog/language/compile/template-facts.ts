import { parse } from '../expressions/parse'
import { ExpressionError } from '../expressions/types'
import { isTemplate } from '../fields'
import type { Json } from '../json'
import { impureNames } from './impure-names'

/** What can be told of the templates in a value without running them. */
export type TemplateFacts = {
  /** Only an activity can render them: they need the world. */
  impure: boolean
  /** Tasks whose outputs or state they read; `any` where only the running template can tell. */
  reads: string[] | 'any'
}

/** Looks at every template in a value, deep, keys too. */
export function templateFacts(value: Json): TemplateFacts {
  const found = { isImpure: false, readsAny: false, reads: new Set<string>() }
  visitTexts(value, text => visitTemplate(text, found))
  return { impure: found.isImpure, reads: found.readsAny ? 'any' : [...found.reads] }
}

type Found = { isImpure: boolean; readsAny: boolean; reads: Set<string> }

/** Functions that see the whole context, or render text that is known only then. */
const seesAll: ReadonlySet<string> = new Set([
  'render',
  'renderOnce',
  'printContext',
  'fetchContext',
  'currentEachOutput',
  'tasksWithState',
])

/** Variables that are the server's, so that a workflow can't know them. */
const serverVariables: ReadonlySet<string> = new Set(['envs', 'globals', 'kestra', 'namespace'])

function visitTexts(value: Json, visit: (text: string) => void): void {
  if (typeof value === 'string') return isTemplate(value) ? visit(value) : undefined
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    if (!Array.isArray(value)) visitTexts(key, visit)
    visitTexts(child, visit)
  }
}

function visitTemplate(text: string, found: Found): void {
  try {
    const template = parse(text)
    visitNode(template.body, found)
    for (const macro of template.macros.values()) visitNode(macro, found)
  } catch (error) {
    // A template that doesn't parse reads nothing; it fails when it is rendered.
    if (!(error instanceof ExpressionError)) throw error
  }
}

type AnyNode = { kind?: unknown; name?: unknown; target?: AnyNode; key?: AnyNode; value?: unknown }

function visitNode(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) visitNode(item, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const { kind, name, target, key } = node as AnyNode
  if ((kind === 'call' || kind === 'filter') && typeof name === 'string') noteCall(kind, name, found)
  if (kind === 'filterTag')
    for (const filter of (node as { filters: { name: string }[] }).filters) noteCall('filter', filter.name, found)
  if (kind === 'name') noteVariable(String(name), found)
  const isTaskRead = kind === 'attribute' && target?.kind === 'name' && isTaskMap(target.name)
  if (isTaskRead && key?.kind === 'literal' && typeof key.value === 'string') {
    found.reads.add(key.value)
    return
  }
  for (const child of Object.values(node)) visitNode(child, found)
}

function noteCall(kind: 'call' | 'filter', name: string, found: Found): void {
  if (impureNames[kind].has(name)) found.isImpure = true
  if (kind === 'call' && seesAll.has(name)) found.readsAny = true
}

function noteVariable(name: string, found: Found): void {
  if (isTaskMap(name)) found.readsAny = true
  if (serverVariables.has(name)) found.isImpure = true
}

function isTaskMap(name: unknown): boolean {
  return name === 'outputs' || name === 'tasks'
}
