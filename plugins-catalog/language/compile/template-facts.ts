import { filters } from '../expressions/filters'
import { functions } from '../expressions/functions'
import { parse } from '../expressions/parse'
import { references } from '../expressions/references'
import { ExpressionError } from '../expressions/types'
import { isTemplate } from '../fields'
import type { Json } from '../json'
import { keyedReads } from './own-reads'

/** What can be told of the templates in a value without running them. */
export type TemplateFacts = {
  /** They surely need the world; others may turn out to, when they render a text known only then. */
  impure: boolean
  /** Tasks whose outputs or state they read; `any` where only the running template can tell. */
  reads: string[] | 'any'
  /** Those of `reads` that are read only at the values of the loops around (own-reads.ts). */
  readsOwn: string[]
}

/** Looks at every template in a value, deep, keys too. */
export function templateFacts(value: Json): TemplateFacts {
  const found: Found = { isImpure: false, readsAny: false, reads: new Set(), keyed: new Set(), whole: new Set() }
  for (const text of templatesOf(value)) note(text, found)
  return {
    impure: found.isImpure,
    reads: found.readsAny ? 'any' : [...found.reads],
    readsOwn: [...found.keyed].filter(id => !found.whole.has(id)),
  }
}

type Found = {
  isImpure: boolean
  readsAny: boolean
  reads: Set<string>
  keyed: Set<string>
  whole: Set<string>
}

/** Functions that see the whole context, or render text that is known only then. */
const seesAll: ReadonlySet<string> = new Set(['render', 'renderOnce', 'printContext', 'fetchContext', 'tasksWithState'])

/** Variables that are the server's, so that a workflow can't know them. */
const serverVariables: ReadonlySet<unknown> = new Set(['envs', 'globals', 'kestra'])

function templatesOf(value: Json): string[] {
  if (typeof value === 'string') return isTemplate(value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(templatesOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [...templatesOf(key), ...templatesOf(child)])
}

function note(template: string, found: Found): void {
  const used = references(template)
  if (used.functions.some(name => functions.get(name)?.impure)) found.isImpure = true
  if (used.filters.some(name => filters.get(name)?.impure)) found.isImpure = true
  if (used.functions.some(name => seesAll.has(name))) found.readsAny = true
  for (const { path } of used.variables) {
    const [root, task] = path
    if (serverVariables.has(root)) found.isImpure = true
    if (root !== 'outputs' && root !== 'tasks') continue
    if (task === undefined) found.readsAny = true
    else found.reads.add(String(task))
  }
  noteKeys(template, found)
}

function noteKeys(template: string, found: Found): void {
  if (found.reads.size === 0) return
  try {
    const { own, other } = keyedReads(parse(template))
    for (const id of own) found.keyed.add(id)
    for (const id of other) found.whole.add(id)
  } catch (error) {
    // A template with a syntax error reads nothing.
    if (!(error instanceof ExpressionError)) throw error
  }
}
