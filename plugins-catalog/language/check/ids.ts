import { isJsonObject, type Json } from '../json'
import { idOf } from './placed-tasks'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

/** Ids are unique: those of tasks over the whole tree, those of triggers, inputs and outputs each among themselves. */
export const checkIds: Check = ({ flow, tasks }) => [
  ...duplicates(
    tasks.map(task => ({ id: idOf(task), path: task.path })),
    'task',
  ),
  ...duplicates(idsOf(flow.triggers, 'triggers'), 'trigger'),
  ...duplicates(idsOf(flow.inputs, 'inputs'), 'input'),
  ...duplicates(idsOf(flow.outputs, 'outputs'), 'output'),
]

type Named = { id: string | undefined; path: Path }

function idsOf(list: Json | undefined, property: string): Named[] {
  if (!Array.isArray(list)) return []
  return list.map((item, index) => {
    const id = isJsonObject(item) ? (item.id ?? item.name) : undefined
    return { id: typeof id === 'string' ? id : undefined, path: [property, index] }
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
