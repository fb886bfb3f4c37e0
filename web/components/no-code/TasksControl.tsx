'use client'

import { ChevronRight, CircleAlert, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Path } from '#language/check/problem'
import { isJsonObject, type Json } from '#language/json'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import { PluginIcon } from '../flow-graph/PluginIcon'
import { templateOf } from '../flow-graph/template'
import { type ControlProps, useForm } from './form-context'
import { ItemButtons } from './ItemButtons'
import { PickDialog } from './PickDialog'

/** A list of tasks or triggers, or named lists of tasks: opened, added, sorted and taken out; each has a form of its own. */
export function TasksControl({ labelledBy, path, value }: ControlProps) {
  if (isJsonObject(value)) {
    return (
      <div className="space-y-2">
        {Object.entries(value).map(([name, list]) => (
          <div key={name}>
            <p className="mb-1 font-mono text-muted text-xs">{name}</p>
            <TaskList labelledBy={labelledBy} path={[...path, name]} items={Array.isArray(list) ? list : []} />
          </div>
        ))}
      </div>
    )
  }
  return <TaskList labelledBy={labelledBy} path={path} items={Array.isArray(value) ? value : []} />
}

function TaskList({ labelledBy, path, items }: { labelledBy: string; path: Path; items: Json[] }) {
  const { catalog, edit, isReadOnly, takenIds } = useForm()
  const [isPicking, setIsPicking] = useState(false)
  const kind = path.at(-1) === 'triggers' ? 'trigger' : 'task'
  function add(type: string) {
    const definition = catalog.find(type)
    if (!definition) return
    edit({ kind: 'insert', at: { list: path, index: items.length }, yaml: templateOf(definition, takenIds()) })
  }
  return (
    <div>
      {items.length > 0 && (
        <ol aria-labelledby={labelledBy} className="mb-1.5 divide-y rounded-lg border bg-surface">
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: ids may be missing or doubled while one writes
            <li key={index} className="flex items-center">
              <TaskLink item={item} path={[...path, index]} />
              <ItemButtons list={path} index={index} count={items.length} name={idOf(taskIn(item).task)} />
            </li>
          ))}
        </ol>
      )}
      {!isReadOnly && (
        <Button size="sm" onClick={() => setIsPicking(true)}>
          <Plus aria-hidden /> {formText.add[kind]}
        </Button>
      )}
      {isPicking && (
        <PickDialog
          title={formText.add[kind]}
          kind={kind}
          catalog={catalog}
          onClose={() => setIsPicking(false)}
          onPick={add}
        />
      )}
    </div>
  )
}

function TaskLink({ item, path }: { item: Json; path: Path }) {
  const { catalog, selectPath, problemsAt } = useForm()
  const { task, place } = taskIn(item)
  const type = isJsonObject(task) && typeof task.type === 'string' ? task.type : undefined
  const hasProblem = problemsAt(path, 'deep').some(({ severity }) => severity === 'error')
  return (
    <button
      type="button"
      onClick={() => selectPath([...path, ...place])}
      className="flex min-w-0 flex-1 items-center gap-2 rounded-lg px-2.5 py-1.5 text-left hover:bg-hover"
    >
      <PluginIcon type={type} className="size-7" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-[13px]">{idOf(task)}</span>
        <span className="block truncate text-muted text-xs">
          {(type && catalog.find(type)?.title) ?? type ?? formText.withoutType}
        </span>
      </span>
      {hasProblem && <CircleAlert className="size-4 shrink-0 text-danger" aria-label={formText.hasAnError} />}
      <ChevronRight className="size-4 shrink-0 text-faint" aria-hidden />
    </button>
  )
}

/** In a Dag's list the task stands inside its item. */
function taskIn(item: Json): { task: Json; place: Path } {
  return isJsonObject(item) && item.type === undefined && isJsonObject(item.task)
    ? { task: item.task, place: ['task'] }
    : { task: item, place: [] }
}

function idOf(task: Json): string {
  return isJsonObject(task) && typeof task.id === 'string' && task.id !== '' ? task.id : formText.withoutAnId
}
