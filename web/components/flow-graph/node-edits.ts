import type { FlowEdit } from '#language/graph/edit'
import { itemPathOf, type TopologyIndex } from './topology-index'

/** One place up or down in its own list; undefined at its ends. */
export function shiftEdit(key: string, by: -1 | 1, index: TopologyIndex): FlowEdit | undefined {
  const found = index.tasks.get(key)
  const at = Number(found?.task.itemPath.at(-1))
  if (!found || Number.isNaN(at)) return undefined
  const next = at + by
  if (next < 0 || next >= found.branch.tasks.length) return undefined
  const list = found.task.itemPath.slice(0, -1)
  // Counted before it is taken out.
  return { kind: 'move', path: found.task.itemPath, at: { list, index: by === 1 ? at + 2 : next } }
}

export function removeEdit(key: string, index: TopologyIndex): FlowEdit | undefined {
  const path = itemPathOf(key, index)
  return path && { kind: 'remove', path }
}

export function duplicateEdit(key: string, index: TopologyIndex): FlowEdit | undefined {
  const path = itemPathOf(key, index)
  return path && { kind: 'duplicate', path }
}

export function disableEdit(key: string, index: TopologyIndex): FlowEdit | undefined {
  const node = index.tasks.get(key)?.task ?? index.triggers.get(key)
  if (!node) return undefined
  const path = [...node.path, 'disabled']
  return node.isDisabled ? { kind: 'unset', path } : { kind: 'set', path, value: true }
}

/** `to` then waits for `from`, both of one Dag; undefined where that can't be said. */
export function connectEdit(from: string, to: string, index: TopologyIndex): FlowEdit | undefined {
  return dependencyEdit('connect', from, to, index)
}

export function disconnectEdit(from: string, to: string, index: TopologyIndex): FlowEdit | undefined {
  return dependencyEdit('disconnect', from, to, index)
}

function dependencyEdit(
  kind: 'connect' | 'disconnect',
  from: string,
  to: string,
  { tasks }: TopologyIndex,
): FlowEdit | undefined {
  const before = tasks.get(from)
  const after = tasks.get(to)
  if (from === to || before?.task.id === undefined || !after) return undefined
  if (before.branch.key !== after.branch.key || before.branch.order !== 'dag') return undefined
  return { kind, path: after.task.itemPath, to: before.task.id }
}
