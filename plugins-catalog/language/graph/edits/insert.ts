import type { Path } from '../../check/problem'
import { valueAt } from '../../paths'
import type { Spot } from '../edit'
import { itemPathOf, placeProblem, shapeAt } from '../places'
import { rankOf } from '../rank'
import { addProperty, insertItem } from '../write/values'
import {
  type Chunk,
  type Context,
  chunkItem,
  type Plan,
  readChunk,
  type Step,
  withInserted,
  withSet,
  wrapped,
} from './context'

export function planInsert(context: Context, at: Spot, yaml: string): Plan | string {
  const chunk = readChunk(yaml)
  return chunk === null
    ? 'what is inserted is no task or trigger: a map with its id and type'
    : planChunk(context, at, chunk)
}

/** Inserts a task or trigger where the flow has a list, may have one, or may hold one task. */
export function planChunk({ flow, catalog }: Context, at: Spot, chunk: Chunk): Plan | string {
  const list = itemPathOf(at.list)
  const problem = placeProblem(flow, list)
  if (problem !== undefined) return problem
  const shape = shapeAt(flow, list, catalog)
  const rank = rankOf(flow, catalog)
  if (shape === 'one') {
    if (valueAt(flow, list) !== undefined) return `"${String(list.at(-1))}" holds one task, and has one`
    const { written } = chunkItem({ ...chunk, body: [...chunk.lead, ...chunk.body] }, false)
    return { steps: [page => addProperty(page, list, written, rank)], expected: withSet(flow, list, chunk.value) }
  }
  if (!isPlace(flow, list, at.index)) return 'the list has no such place'
  const isDag = shape === 'dag'
  const insert: Step = page => insertItem(page, list, at.index, chunkItem(chunk, isDag), rank)
  return { steps: [insert], expected: withInserted(flow, list, at.index, wrapped(chunk.value, isDag)) }
}

function isPlace(flow: Context['flow'], list: Path, index: number): boolean {
  const held = valueAt(flow, list)
  const length = Array.isArray(held) ? held.length : 0
  return Number.isInteger(index) && index >= 0 && index <= length && typeof list.at(-1) === 'string'
}
