import type { Branch, Edge, TaskNode, Topology, TriggerNode } from '#language/graph/topology'
import { graphText } from '#text/graph'
import type { GraphEdge, GraphGroup, GraphNode } from '#web/components/graph/graph'

export type FlowItem =
  | { kind: 'task'; task: TaskNode; isGroup: boolean; isCollapsed: boolean }
  | { kind: 'trigger'; trigger: TriggerNode }
  /** A list of tasks with a frame of its own. */
  | { kind: 'branch'; branch: Branch }
  /** Where a list's first task would stand. */
  | { kind: 'empty'; branch: Branch }
  | { kind: 'addTrigger' }

export type FlowNode = GraphNode & { item: FlowItem }
export type FlowShape = {
  nodes: FlowNode[]
  edges: GraphEdge[]
  /** The lists that are on view, each with the key of the node that holds it. */
  lists: { branch: Branch; holder: string | undefined }[]
}
export type FlowShapeOptions = { collapsed: ReadonlySet<string>; isEditable: boolean; showsData: boolean }

export const card = { width: 236, height: 54 }
const branchHeader = 18
const rowAtMost = 6
export const addTriggerKey = 'add-trigger'
/** Lists that stand beside the way through a flow. */
const asides = new Set(['errors', 'finally', 'afterExecution'])

/** The nodes and edges that show a flow. */
export function flowShape(topology: Topology, options: FlowShapeOptions): FlowShape {
  const shape: FlowShape = { nodes: [], edges: [], lists: [] }
  for (const trigger of topology.triggers) shape.nodes.push(triggerNode(trigger))
  if (options.isEditable)
    shape.nodes.push({
      ...small,
      key: addTriggerKey,
      label: graphText.addATrigger,
      isAside: true,
      item: { kind: 'addTrigger' },
    })
  const [main, ...others] = topology.branches
  if (main) addList(shape, main, undefined, undefined, options)
  const shown = others.filter(branch => branch.tasks.length > 0 || (options.isEditable && branch.isWritten))
  for (const branch of shown) addFramed(shape, branch, undefined, options)
  addEdges(shape, topology, main, options)
  return shape
}

const small = { width: 150, height: 36 }

function triggerNode(trigger: TriggerNode): FlowNode {
  return {
    ...card,
    key: trigger.key,
    label: graphText.trigger(trigger.id),
    item: { kind: 'trigger', trigger },
  }
}

/** The tasks of a list, right inside of `holder`. */
function addList(
  shape: FlowShape,
  branch: Branch,
  holder: string | undefined,
  parent: string | undefined,
  options: FlowShapeOptions,
): void {
  shape.lists.push({ branch, holder })
  if (branch.tasks.length === 0 && options.isEditable) {
    const key = emptyKey(branch)
    shape.nodes.push({
      ...card,
      height: 44,
      key,
      parent,
      label: graphText.isEmpty(branch.label),
      isAside: true,
      item: { kind: 'empty', branch },
    })
  }
  for (const task of branch.tasks) addTask(shape, task, branch.order === 'dag', parent, options)
}

export function emptyKey(branch: Branch): string {
  return `${branch.key}/empty`
}

function addTask(
  shape: FlowShape,
  task: TaskNode,
  isDag: boolean,
  parent: string | undefined,
  options: FlowShapeOptions,
): void {
  const branches = task.branches.filter(branch => isShown(branch, task, options))
  const isCollapsed = options.collapsed.has(task.key)
  const isGroup = branches.length > 0
  const item: FlowItem = { kind: 'task', task, isGroup, isCollapsed }
  const node: FlowNode = {
    ...card,
    key: task.key,
    parent,
    label: labelOf(task),
    item,
    isConnectable: isDag && options.isEditable,
  }
  if (!isGroup || isCollapsed) {
    shape.nodes.push(node)
    return
  }
  const [only, ...more] = branches
  const isPlain = only?.property === 'tasks' && more.length === 0
  const arrange = isPlain ? arrangeOf(only) : 'layers'
  shape.nodes.push({ ...node, width: card.width + 40, group: { header: card.height - 8, arrange } })
  if (isPlain) {
    addList(shape, only, task.key, task.key, options)
    return
  }
  for (const branch of branches) addFramed(shape, branch, task.key, options)
  addAsideEdges(shape, branches)
}

/** Says all that is seen of a task. */
function labelOf({ id, type, isDisabled, condition, line }: TaskNode): string {
  const name = id ?? graphText.taskOfLine(line)
  const kind = type?.slice(type.lastIndexOf('.') + 1)
  return [name, kind, isDisabled && graphText.disabled, condition !== undefined && graphText.runsIf(condition)]
    .filter(Boolean)
    .join(', ')
}

function isShown(branch: Branch, task: TaskNode, { isEditable }: FlowShapeOptions): boolean {
  if (branch.tasks.length > 0) return true
  if (!isEditable) return false
  if (branch.isWritten) return true
  // A pause is more often just a pause; errors and finally are offered by the menu.
  return !asides.has(branch.property) && branch.property !== 'onPause' && !task.type?.endsWith('.Pause')
}

function arrangeOf({ order, tasks }: Branch): GraphGroup['arrange'] {
  if (order !== 'parallel') return 'layers'
  return tasks.length <= rowAtMost ? 'row' : 'tiles'
}

function addFramed(shape: FlowShape, branch: Branch, parent: string | undefined, options: FlowShapeOptions): void {
  shape.nodes.push({
    ...card,
    key: branch.key,
    parent,
    label: branch.label,
    isAside: true,
    item: { kind: 'branch', branch },
    group: { header: branchHeader, arrange: arrangeOf(branch) },
  })
  addList(shape, branch, branch.key, branch.key, options)
}

/** Branches that are run in the end stand after the others. */
function addAsideEdges(shape: FlowShape, branches: readonly Branch[]): void {
  const ways = branches.filter(({ property }) => !asides.has(property))
  for (const aside of branches.filter(({ property }) => asides.has(property))) {
    for (const way of ways) {
      shape.edges.push({ key: `${way.key}>${aside.key}`, from: way.key, to: aside.key, isHidden: true })
    }
  }
}

function addEdges(shape: FlowShape, topology: Topology, main: Branch | undefined, options: FlowShapeOptions): void {
  const drawn = new Set(shape.nodes.map(({ key }) => key))
  const shownAs = collapsedInto(topology, drawn)
  const seen = new Set<string>()
  for (const edge of topology.edges) {
    if (edge.kind === 'data' && !options.showsData) continue
    const from = shownAs.get(edge.from)
    const to = shownAs.get(edge.to)
    const pair = `${from} ${to} ${edge.kind}`
    if (from === undefined || to === undefined || from === to || seen.has(pair)) continue
    seen.add(pair)
    shape.edges.push({
      key: edge.key,
      from,
      to,
      ...looks[edge.kind],
      isSelectable: edge.kind === 'dependsOn' && options.isEditable,
    })
  }
  addWayEdges(shape, topology, main, options)
}

const looks: Record<Edge['kind'], Partial<GraphEdge>> = {
  order: {},
  dependsOn: {},
  trigger: { look: 'dotted' },
  data: { look: 'dashed', isLoose: true },
}

/** From the start into the flow, and from its last task to what is run in the end. */
function addWayEdges(shape: FlowShape, topology: Topology, main: Branch | undefined, options: FlowShapeOptions): void {
  if (!main) return
  const first = main.tasks[0]?.key ?? emptyKey(main)
  if (options.isEditable) shape.edges.push({ key: `${addTriggerKey}>`, from: addTriggerKey, to: first, look: 'dotted' })
  if (main.tasks.length === 0 && options.isEditable) {
    for (const { key } of topology.triggers) shape.edges.push({ key: `${key}>`, from: key, to: first, look: 'dotted' })
  }
  const last = main.tasks.at(-1)?.key ?? (options.isEditable ? first : undefined)
  const drawn = new Set(shape.nodes.map(({ key }) => key))
  const asideKeys = topology.branches.slice(1).filter(({ key }) => drawn.has(key))
  for (const { key, property } of asideKeys) {
    const from =
      property === 'afterExecution' ? (asideKeys.find(aside => aside.property === 'finally')?.key ?? last) : last
    if (from !== undefined) shape.edges.push({ key: `${from}>${key}`, from, to: key, look: 'dotted' })
  }
}

/** For each task the key of what shows it: itself, or the closed group around it. */
function collapsedInto({ triggers, branches }: Topology, drawn: ReadonlySet<string>): Map<string, string> {
  const shownAs = new Map(triggers.map(({ key }) => [key, key]))
  const visit = (tasks: readonly TaskNode[], around: string | undefined) => {
    for (const task of tasks) {
      const shown = drawn.has(task.key) ? task.key : around
      if (shown !== undefined) shownAs.set(task.key, shown)
      for (const branch of task.branches) visit(branch.tasks, shown)
    }
  }
  for (const branch of branches) visit(branch.tasks, undefined)
  return shownAs
}
