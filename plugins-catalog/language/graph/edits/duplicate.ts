import { idOf, placeTasks } from '../../check/placed-tasks'
import type { Path } from '../../check/problem'
import { isJsonObject, type JsonObject } from '../../json'
import { valueAt } from '../../paths'
import { idText } from '../keys'
import { itemPathOf } from '../places'
import { openPage } from '../write/page'
import { type Chunk, type Context, chunkText, type Plan, readChunk, runSteps, unsafe } from './context'
import { planChunk } from './insert'
import { renameTasks } from './rename'
import { type Renaming, renameInText, renameInValue } from './renaming'
import { takeChunk } from './take'

/** Puts a copy behind a task, trigger or input: with ids of its own, which it also reads itself by. */
export function planDuplicate(context: Context, given: Path): Plan | string {
  const path = itemPathOf(given)
  const index = path.at(-1)
  if (typeof index !== 'number') return 'only one task can stand there'
  const chunk = takeChunk(context, path, 'keep')
  if (typeof chunk === 'string') return chunk
  const copy = renamedCopy(context, path, { ...chunk, lead: [] })
  if (typeof copy === 'string') return copy
  return planChunk(context, { list: path.slice(0, -1), index: index + 1 }, copy)
}

function renamedCopy(context: Context, path: Path, chunk: Chunk): Chunk | string {
  const renaming = copyNames(context, path, chunk.value)
  const page = openPage(chunkText(chunk))
  if (page === null) return unsafe(context.page)
  const renamed = runSteps(page, [now => renameInText(now, renaming)])
  if ('problem' in renamed) return renamed.problem
  const copy = readChunk(renamed.page.flow.text)
  return copy === null ? 'its text can’t stand alone' : { ...copy, value: renameInValue(chunk.value, renaming) }
}

function copyNames({ flow, catalog }: Context, path: Path, value: JsonObject): Renaming {
  const all = placeTasks(flow, catalog)
  const isTask = all.some(task => path.every((part, depth) => task.path[depth] === part))
  if (isTask) {
    const taken = new Set(all.flatMap(task => idOf(task) ?? []))
    // As if it were a flow: what a path starts with there is left out again.
    const held = placeTasks({ tasks: [value] }, catalog).map(task => ({ ...task, path: task.path.slice(2) }))
    return renameTasks(
      value,
      held,
      held.flatMap(task => (idOf(task) === undefined ? [] : [{ task, to: freeId(idOf(task)!, taken) }])),
    )
  }
  const list = valueAt(flow, path.slice(0, -1))
  const ids = (Array.isArray(list) ? list : []).map(item => (isJsonObject(item) ? idText(item) : undefined))
  const id = idText(value)
  const words =
    id === undefined ? [] : [{ path: ['id'], to: freeId(id, new Set(ids.filter(found => found !== undefined))) }]
  return { words, keys: [], reads: [], isForeign: () => false }
}

function freeId(id: string, taken: Set<string>): string {
  let free = `copy_of_${id}`
  for (let count = 2; taken.has(free); count++) free = `copy_of_${id}_${count}`
  taken.add(free)
  return free
}
