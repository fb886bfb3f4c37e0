import type { Catalog } from '../catalog'
import { type PlacedTask, placeTasks } from '../check/placed-tasks'
import type { Path } from '../check/problem'
import { createResolver, type Resolver } from '../check/resolve-reference'
import type { Subject } from '../check/subject'
import { textIds } from '../check/text-ids'
import { type VariableTypes, variableTypes } from '../check/variable-types'
import { withoutNulls } from '../check/without-nulls'
import type { SourceMap } from '../diagnostics'
import { isJsonObject, type JsonObject } from '../json'
import { readYaml } from '../yaml/read-yaml'
import type { Span } from './scan'

/** What is known of the flow around an expression. */
export type Situation = {
  flow: JsonObject
  tasks: PlacedTask[]
  /** The task whose property it is; undefined in the flow's own properties. */
  reader: PlacedTask | undefined
  /** Whether it is about what starts the flow: no task has run. */
  isTrigger: boolean
  types: VariableTypes
  resolver: Resolver
}

type Known = Omit<Situation, 'reader' | 'isTrigger'> & { source: SourceMap }

/** Reads a flow however half typed the expression is: it is hidden from the reader of YAML. */
export function situationAt(text: string, span: Span, catalog: Catalog): Situation | null {
  const known = knownOf(hide(text, span), catalog)
  if (known === null) return null
  const { source, ...rest } = known
  const holds = (path: (string | number)[]) => isWithin(source, path, span.start)
  return {
    ...rest,
    reader: known.tasks.findLast(({ path }) => holds(path)),
    isTrigger: known.flow.triggers !== undefined && holds(['triggers']),
  }
}

/** The same for a place in a flow that was read, such as a task's property. */
export function situationIn(value: JsonObject, path: Path, catalog: Catalog): Situation {
  const known = understand(value, catalog)
  const reader = known.tasks.findLast(task => task.path.every((part, index) => part === path[index]))
  return { ...known, reader, isTrigger: path[0] === 'triggers' }
}

/** The last text: while one types within an expression the flow around it is the same, and reading it is dear. */
let last: { text: string; catalog: Catalog; known: Known | null } | undefined

function knownOf(text: string, catalog: Catalog): Known | null {
  if (last?.text !== text || last.catalog !== catalog) last = { text, catalog, known: read(text, catalog) }
  return last.known
}

function read(text: string, catalog: Catalog): Known | null {
  const { value, source } = readYaml(text)
  return isJsonObject(value) ? { ...understand(value, catalog), source } : null
}

function understand(value: JsonObject, catalog: Catalog): Omit<Known, 'source'> {
  const flow = textIds(withoutNulls(value), catalog)
  const tasks = placeTasks(flow, catalog)
  const subject: Subject = { flow, catalog, tasks, pluginDefaults: [] }
  return { flow, tasks, types: variableTypes(subject), resolver: createResolver(subject) }
}

function isWithin(source: SourceMap, path: (string | number)[], offset: number): boolean {
  const { start, end } = source.rangeOf(path)
  return start <= offset && offset < end
}

/** Puts a word in an expression's place, and closes the quote that may still be open around it. */
function hide(text: string, { start, end }: Span): string {
  const lineStart = text.lastIndexOf('\n', start) + 1
  const head = text.slice(lineStart, start)
  const quote = /^[^"'#]*?(?::\s+|-\s+)(["'])/.exec(head)?.[1]
  const lineEnd = text.indexOf('\n', end)
  const rest = text.slice(end, lineEnd < 0 ? undefined : lineEnd)
  const hidden = 'xx'
  if (quote === undefined || !isOpenQuote(head, quote)) return text.slice(0, start) + hidden + text.slice(end)
  if (rest.includes(quote)) return text.slice(0, start) + hidden + text.slice(end)
  // The closing quote was taken for a part of the expression, or isn't typed yet.
  return text.slice(0, start) + hidden + quote + text.slice(end)
}

function isOpenQuote(head: string, quote: string): boolean {
  return head.split(quote).length % 2 === 0
}
