import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react'
import type { FlowEdit } from '#language/graph/edit'
import type { TaskNode, Topology } from '#language/graph/topology'
import { graphText } from '#text/graph'
import type { Point } from '#web/components/graph/graph'
import { moveEdit, takesTask } from './drop'
import type { FlowOverlayHandle } from './FlowOverlay'
import { disconnectEdit, duplicateEdit, removeEdit, shiftEdit } from './node-edits'
import { type NodeAction, placeOf } from './node-menu'
import type { PaletteItem } from './palette'
import { useRecentPlugins } from './recent-plugins'
import type { Place, Slot } from './slots'
import type { TopologyIndex } from './topology-index'
import { useDrag } from './use-drag'
import type { PluginPalette } from './use-palette'
import { useSelectNew } from './use-select-new'

/** What is on the way: a plugin of the palette, or a task of the flow. */
export type Dragged = {
  takes: 'task' | 'trigger'
  /** Of the task. */
  key: string | undefined
  type: string | undefined
  name: string
}

/** Everything that changes the flow in its graph, each as one edit. */
export function useFlowEditing({
  topology,
  index,
  palette,
  selectedKey,
  onEdit,
  onSelect,
  overlay,
  area,
}: {
  topology: Topology
  index: TopologyIndex
  palette: PluginPalette | undefined
  selectedKey: string | undefined
  onEdit: ((edit: FlowEdit) => void) | undefined
  onSelect: ((key: string | undefined) => void) | undefined
  overlay: RefObject<FlowOverlayHandle | null>
  /** What drags begin in. */
  area: RefObject<HTMLElement | null>
}) {
  const [place, setPlace] = useState<Place>()
  const [menu, setMenu] = useState<{ key: string; at: Point }>()
  const [switchTask, setSwitchTask] = useState<TaskNode>()
  const [target, setTarget] = useState<string>()
  const [recent, addRecent] = useRecentPlugins()
  const awaitNew = useSelectNew(topology, index, onSelect)
  const { source, ghost, press } = useDrag<Dragged>({
    area,
    onFrame(at, dragged) {
      overlay.current?.panTowards(at)
      setTarget(targetOf(at, dragged)?.key)
    },
    onDrop(at, dragged) {
      setTarget(undefined)
      const slot = targetOf(at, dragged)
      if (slot) drop(dragged, slot)
    },
  })

  function targetOf(at: Point, dragged: Dragged): Slot | undefined {
    const task = dragged.key === undefined ? undefined : index.tasks.get(dragged.key)?.task
    const isFit = (slot: Slot) => slot.takes === dragged.takes && (!task || takesTask(task, slot))
    return overlay.current?.slotAt(at, isFit)
  }

  function drop(dragged: Dragged, slot: Slot): void {
    const task = dragged.key === undefined ? undefined : index.tasks.get(dragged.key)?.task
    if (task) change(moveEdit(task, slot))
    else if (dragged.type !== undefined) insert(dragged.type, slot)
  }

  function change(edit: FlowEdit | undefined): void {
    if (!edit || !onEdit) return
    if (edit.kind === 'insert' || edit.kind === 'duplicate') awaitNew()
    if (edit.kind === 'remove') onSelect?.(undefined)
    onEdit(edit)
  }

  function insert(type: string, { spot }: Place): void {
    if (!palette) return
    addRecent(type)
    change({ kind: 'insert', at: spot, yaml: palette.template(type, index.ids) })
  }

  /** Where a plugin goes that was chosen without a place: after the chosen task, else at the end. */
  function usualPlace(takes: Place['takes']): Place {
    if (takes === 'trigger') {
      return { takes, spot: { list: ['triggers'], index: topology.triggers.length }, label: graphText.addATrigger }
    }
    const path = index.tasks.get(selectedKey ?? '')?.task.itemPath
    const at = Number(path?.at(-1))
    if (path && !Number.isNaN(at)) return placeOf(path.slice(0, -1), at + 1, graphText.addAfterIt)
    return placeOf(['tasks'], topology.branches[0]?.tasks.length ?? 0, graphText.addAtTheEnd)
  }

  return {
    place,
    menu,
    switchTask,
    target: source && target,
    recent,
    dragged: source,
    ghost,
    setPlace,
    openMenu: (key: string, at: Point) => setMenu({ key, at }),
    close() {
      setPlace(undefined)
      setMenu(undefined)
      setSwitchTask(undefined)
    },
    addAt: (nodeKey: string) => setPlace(overlay.current?.slotOf(nodeKey)),
    pick(item: PaletteItem) {
      insert(item.type, place ?? usualPlace(item.kind))
      setPlace(undefined)
    },
    pressPlugin({ type, kind, name }: PaletteItem, event: PointerEvent) {
      press({ takes: kind, key: undefined, type, name }, event)
    },
    pressTask(key: string, event: PointerEvent) {
      const task = index.tasks.get(key)?.task
      if (task) press({ takes: 'task', key, type: task.type, name: task.id ?? graphText.dragged }, event)
    },
    choose(action: NodeAction) {
      setMenu(undefined)
      if (action.kind === 'edit') change(action.edit)
      if (action.kind === 'add') setPlace(action.place)
      if (action.kind === 'addCase') setSwitchTask(action.task)
    },
    nameCase(name: string) {
      if (switchTask) setPlace(placeOf([...switchTask.path, 'cases', name], 0, graphText.addToCase(name)))
      setSwitchTask(undefined)
    },
    change,
    onKey(event: KeyboardEvent, key: string) {
      const edit = keyEdit(event, key, topology, index)
      if (!edit) return
      event.preventDefault()
      event.stopPropagation()
      change(edit)
    },
  }
}

function keyEdit(event: KeyboardEvent, key: string, topology: Topology, index: TopologyIndex): FlowEdit | undefined {
  const isCommand = event.ctrlKey || event.metaKey
  if (event.key === 'Delete' || event.key === 'Backspace')
    return removeEdit(key, index) ?? cutEdit(key, topology, index)
  if (isCommand && event.key.toLowerCase() === 'd') return duplicateEdit(key, index)
  if (event.altKey && event.key === 'ArrowUp') return shiftEdit(key, -1, index)
  if (event.altKey && event.key === 'ArrowDown') return shiftEdit(key, 1, index)
  return undefined
}

/** Takes away the dependency that an edge is. */
export function cutEdit(edgeKey: string | undefined, { edges }: Topology, index: TopologyIndex): FlowEdit | undefined {
  const edge = edges.find(({ key, kind }) => key === edgeKey && kind === 'dependsOn')
  return edge && disconnectEdit(edge.from, edge.to, index)
}
