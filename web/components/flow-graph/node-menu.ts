import type { FlowEdit } from '#language/graph/edit'
import type { TaskNode, Topology } from '#language/graph/topology'
import { commonText } from '#text/common'
import { graphText } from '#text/graph'
import { connectEdit, disableEdit, disconnectEdit, duplicateEdit, removeEdit, shiftEdit } from './node-edits'
import type { Place } from './slots'
import type { TopologyIndex } from './topology-index'

export type NodeAction =
  | { kind: 'edit'; label: string; keys?: string; edit: FlowEdit; isDanger?: boolean; isOn?: boolean }
  | { kind: 'add'; label: string; place: Place }
  /** A case, whose name is asked for. */
  | { kind: 'addCase'; label: string; task: TaskNode }

const { keys } = graphText

/** What can be done with a task or trigger, in groups. */
export function nodeActions(key: string, topology: Topology, index: TopologyIndex): NodeAction[][] {
  const found = index.tasks.get(key)
  const node = found?.task ?? index.triggers.get(key)
  if (!node) return []
  return [
    found ? addActions(found.task) : [],
    found?.branch.order === 'dag' ? dependencyActions(found.task, found.branch.tasks, topology, index) : [],
    [
      ...edits([
        [graphText.duplicate, keys.duplicate, duplicateEdit(key, index)],
        [graphText.moveUp, keys.moveUp, shiftEdit(key, -1, index)],
        [graphText.moveDown, keys.moveDown, shiftEdit(key, 1, index)],
        [node.isDisabled ? graphText.enable : graphText.disable, undefined, disableEdit(key, index)],
      ]),
    ],
    edits([[commonText.delete, keys.delete, removeEdit(key, index)]]).map(action => ({ ...action, isDanger: true })),
  ].filter(group => group.length > 0)
}

function edits(rows: [label: string, keys: string | undefined, edit: FlowEdit | undefined][]) {
  return rows.flatMap(([label, keys, edit]) => (edit ? [{ kind: 'edit' as const, label, keys, edit }] : []))
}

function addActions(task: TaskNode): NodeAction[] {
  const list = task.itemPath.slice(0, -1)
  const at = Number(task.itemPath.at(-1))
  const name = task.id ?? graphText.it
  const beside: NodeAction[] = Number.isNaN(at)
    ? []
    : [
        { kind: 'add', label: graphText.addATaskBefore, place: placeOf(list, at, graphText.addBefore(name)) },
        { kind: 'add', label: graphText.addATaskAfter, place: placeOf(list, at + 1, graphText.addAfter(name)) },
      ]
  const within = task.branches
    .filter(({ isWritten, tasks, property }) => !isWritten && tasks.length === 0 && property !== 'cases')
    .map((branch): NodeAction => {
      const place = placeOf(branch.path, 0, graphText.addIn(branch.label, name))
      return { kind: 'add', label: graphText.addToBranch(branch.label), place }
    })
  const cases: NodeAction[] = task.type?.endsWith('.Switch')
    ? [{ kind: 'addCase', label: graphText.askForACase, task }]
    : []
  return [...beside, ...cases, ...within]
}

export function placeOf(list: Place['spot']['list'], index: number, label: string): Place {
  return { takes: 'task', spot: { list, index }, label }
}

function dependencyActions(
  task: TaskNode,
  siblings: readonly TaskNode[],
  { edges }: Topology,
  index: TopologyIndex,
): NodeAction[] {
  const before = new Set(edges.filter(edge => edge.kind === 'dependsOn' && edge.to === task.key).map(edge => edge.from))
  return siblings.flatMap((sibling): NodeAction[] => {
    const isOn = before.has(sibling.key)
    const edit = (isOn ? disconnectEdit : connectEdit)(sibling.key, task.key, index)
    return edit ? [{ kind: 'edit', label: graphText.waitsFor(sibling.id), edit, isOn }] : []
  })
}

/** What the flow itself may be given. */
export function flowPlaces({ triggers, branches }: Topology): { label: string; place: Place }[] {
  const lists: [property: string, label: string, where: string][] = [
    ['tasks', graphText.taskAtTheEnd, graphText.addAtTheEnd],
    ['errors', graphText.taskIfOneFails, graphText.addIfOneFails],
    ['finally', graphText.taskInAnyCase, graphText.addInAnyCase],
    ['afterExecution', graphText.taskAfterTheExecution, graphText.addAfterTheExecution],
  ]
  const tasks = lists.map(([property, label, where]) => {
    const count = branches.find(branch => branch.property === property)?.tasks.length ?? 0
    return { label, place: placeOf([property], count, where) }
  })
  const trigger: Place = {
    takes: 'trigger',
    spot: { list: ['triggers'], index: triggers.length },
    label: graphText.addATrigger,
  }
  return [...tasks, { label: commonText.trigger, place: trigger }]
}
