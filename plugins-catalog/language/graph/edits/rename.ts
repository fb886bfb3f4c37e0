import { idOf, kindOf, type PlacedTask, placeTasks } from '../../check/placed-tasks'
import type { Path } from '../../check/problem'
import { isJsonObject, type JsonObject } from '../../json'
import { isSamePath, startsWith, valueAt } from '../../paths'
import { idText } from '../keys'
import type { Context, Plan } from './context'
import { type Renaming, renameInText, renameInValue } from './renaming'
import { planSet } from './set'

const idPattern = /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/

/** Gives a task, trigger or input another id, and says so wherever it is named. */
export function planRename(context: Context, given: Path, id: string): Plan | string {
  const { flow } = context
  const item = valueAt(flow, given)
  const path = isJsonObject(item) && isJsonObject(item.task) && item.type === undefined ? [...given, 'task'] : given
  const named = valueAt(flow, path)
  if (!isJsonObject(named)) return 'nothing with an id is written there'
  if (!idPattern.test(id)) return 'an id starts with a letter or digit; then letters, digits, _ -'
  const property = named.id === undefined && named.name !== undefined ? 'name' : 'id'
  const old = property === 'name' ? idText({ id: named.name! }) : idText(named)
  if (old === id) return { steps: [], expected: flow }
  if (isTaken(context, path, id)) return `"${id}" is the id of another one already`
  if (old?.includes('.')) return 'an id with dots names parts of others; change the text itself'
  if (old === undefined) return planSet(context, [...path, 'id'], id)
  const renaming = renamingOf(context, path, { property, from: old, to: id })
  return { steps: [page => renameInText(page, renaming)], expected: renameInValue(flow, renaming) }
}

type Names = { property: string; from: string; to: string }

function renamingOf(context: Context, path: Path, { property, from, to }: Names): Renaming {
  const { flow, catalog } = context
  const tasks = placeTasks(flow, catalog)
  const none: Renaming = { words: [{ path: [...path, property], to }], keys: [], reads: [], isForeign: () => false }
  const task = tasks.find(placed => isSamePath(placed.path, path))
  if (task !== undefined) return renameTasks(flow, tasks, [{ task, to }])
  const list = path.slice(0, -1)
  if (list.at(-1) === 'onResume') {
    const pause = tasks.find(placed => isSamePath([...placed.path, 'onResume'], list))
    const pauseId = pause === undefined ? undefined : idOf(pause)
    return pauseId === undefined ? none : { ...none, reads: [{ prefix: ['outputs', pauseId, 'onResume'], from, to }] }
  }
  return list[0] === 'inputs' ? renameInput(flow, none, { path, from, to }) : none
}

function renameInput(
  flow: JsonObject,
  none: Renaming,
  { path, from, to }: { path: Path; from: string; to: string },
): Renaming {
  const form = path.length > 2 ? valueAt(flow, path.slice(0, 2)) : undefined
  const prefix = ['inputs', ...(isJsonObject(form) ? [idText(form) ?? ''] : [])]
  const words = path.length > 2 ? [] : inputsThatWait(flow, from).map(place => ({ path: place, to }))
  const triggers = path.length > 2 ? [] : inputsOfTriggers(flow, from).map(place => ({ path: place, to }))
  return { ...none, words: [...none.words, ...words], keys: triggers, reads: [{ prefix, from, to }] }
}

/** `dependsOn.inputs` of other inputs. */
function inputsThatWait(flow: JsonObject, id: string): Path[] {
  const inputs = Array.isArray(flow.inputs) ? flow.inputs : []
  return inputs.flatMap((input, index) => {
    const place: Path = ['inputs', index, 'dependsOn', 'inputs']
    const waits = isJsonObject(input) ? valueAt(input, ['dependsOn', 'inputs']) : undefined
    return Array.isArray(waits) ? waits.flatMap((name, at) => (name === id ? [[...place, at]] : [])) : []
  })
}

function inputsOfTriggers(flow: JsonObject, id: string): Path[] {
  const triggers = Array.isArray(flow.triggers) ? flow.triggers : []
  return triggers.flatMap((trigger, index) =>
    isJsonObject(trigger) && isJsonObject(trigger.inputs) && Object.hasOwn(trigger.inputs, id)
      ? [['triggers', index, 'inputs', id]]
      : [],
  )
}

/** New ids for tasks of a flow, or of a part of one. */
export function renameTasks(
  flow: JsonObject,
  tasks: readonly PlacedTask[],
  renames: readonly { task: PlacedTask; to: string }[],
): Renaming {
  const called = tasks.filter(task => kindOf(task) === 'Subflow').map(({ path }) => [...path, 'outputs'])
  const subjects = renames.flatMap(({ task, to }) =>
    idOf(task) === undefined ? [] : [{ task, from: idOf(task)!, to }],
  )
  return {
    words: subjects.flatMap(({ task, from, to }) => [
      { path: [...task.path, 'id'], to },
      ...dependents(flow, task, from).map(path => ({ path, to })),
    ]),
    keys: [],
    reads: subjects.flatMap(({ task, from, to }) => {
      const parts = kindOf(task) === 'ForEachItem' ? ['_split', '_items', '_merge'] : []
      return ['outputs', 'tasks'].flatMap(root =>
        ['', ...parts].map(part => ({ prefix: [root], from: from + part, to: to + part })),
      )
    }),
    isForeign: path => path[0] === 'triggers' || called.some(place => startsWith(path, place)),
  }
}

function dependents(flow: JsonObject, { path }: PlacedTask, id: string): Path[] {
  if (path.at(-1) !== 'task') return []
  const list = path.slice(0, -2)
  const items = valueAt(flow, list)
  return (Array.isArray(items) ? items : []).flatMap((item, index) => {
    const waits = isJsonObject(item) ? item.dependsOn : undefined
    if (waits === id) return [[...list, index, 'dependsOn']]
    return Array.isArray(waits)
      ? waits.flatMap((name, at) => (name === id ? [[...list, index, 'dependsOn', at]] : []))
      : []
  })
}

/** Ids are shared by all tasks of a flow; by all others only with those of the same list. */
function isTaken({ flow, catalog }: Context, path: Path, id: string): boolean {
  const tasks = placeTasks(flow, catalog)
  const isTask = tasks.some(task => isSamePath(task.path, path))
  if (isTask) return tasks.some(task => idOf(task) === id && !isSamePath(task.path, path))
  const list = valueAt(flow, path.slice(0, -1))
  return Array.isArray(list) && list.some(item => isJsonObject(item) && (item.id ?? item.name) === id)
}
