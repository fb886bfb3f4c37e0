import { isJsonObject, type Json } from '../json'
import { idOf, kindOf } from './placed-tasks'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

/** Ids are unique: those of tasks over the whole tree, those of triggers, inputs and outputs each among themselves. */
export const checkIds: Check = ({ flow, tasks }) => [
  ...duplicates(
    tasks.map(task => ({ id: idOf(task), path: task.path })),
    'task',
  ),
  ...duplicates(idsOf(flow.triggers, ['triggers']), 'trigger'),
  ...duplicates(idsOf(flow.inputs, ['inputs']), 'input'),
  ...tasks
    .filter(task => kindOf(task) === 'Pause')
    .flatMap(({ task, path }) => duplicates(idsOf(task.onResume, [...path, 'onResume']), 'input')),
  ...duplicates(idsOf(flow.outputs, ['outputs']), 'output'),
  ...duplicates(preconditionIds(flow.triggers), 'trigger\'s "preconditions"'),
]

type Named = { id: string | undefined; path: Path }

function idsOf(list: Json | undefined, place: Path): Named[] {
  if (!Array.isArray(list)) return []
  return list.map((item, index) => {
    const id = isJsonObject(item) ? (item.id ?? item.name) : undefined
    return { id: typeof id === 'string' ? id : undefined, path: [...place, index] }
  })
}

/** What was met is remembered by the id of the preconditions, over all triggers of the flow. */
function preconditionIds(triggers: Json | undefined): Named[] {
  if (!Array.isArray(triggers)) return []
  return triggers.flatMap((trigger, index) => {
    const held = isJsonObject(trigger) ? trigger.preconditions : undefined
    if (!isJsonObject(held) || typeof held.id !== 'string') return []
    return [{ id: held.id, path: ['triggers', index, 'preconditions'] }]
  })
}

function duplicates(named: Named[], what: string): Problem[] {
  const seen = new Set<string>()
  return named.flatMap(({ id, path }) => {
    if (id === undefined) return []
    const isFirst = !seen.has(id)
    seen.add(id)
    const message = `another ${what} is called "${id}"; ids are unique in a flow`
    return isFirst ? [] : [{ code: 'DUPLICATE_ID' as const, message, path: [...path, 'id'] }]
  })
}
