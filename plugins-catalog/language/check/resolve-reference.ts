import { isJsonObject, type JsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import { orderProblem } from './order'
import { ancestorsOf, idOf, isLoop, kindOf, type PlacedTask } from './placed-tasks'
import type { Problem } from './problem'
import { knownKeys, schemaAt, unwrap } from './schema-at'
import type { Subject } from './subject'

type Found = Pick<Problem, 'code' | 'message' | 'severity'>
type Key = string | number

/**
 * Follows what templates read. A flow may be started with inputs and variables that it doesn't declare only in error, but
 * Kestra saves such a flow, so these are warnings; an output that no task gives is refused.
 */
export type Resolver = {
  /** What is wrong with reading a variable from a task (or from the flow itself); null where nothing is, or nobody can tell. */
  check(path: readonly Key[], reader: PlacedTask | undefined): Found | null
  ids: { inputs: Set<string>; outputs: Set<string> }
}

export function createResolver(subject: Subject): Resolver {
  const tasks = new Map(subject.tasks.flatMap(task => (idOf(task) === undefined ? [] : [[idOf(task)!, task] as const])))
  const inputs = inputIds(subject.flow)
  const variables = variableNames(subject)
  const checks: { [root: string]: (path: readonly Key[], reader: PlacedTask | undefined) => Found | null } = {
    inputs: path => checkInput(path, inputs),
    vars: path => checkVariable(path, variables),
    outputs: (path, reader) => checkOutput(path, reader, tasks),
  }
  return {
    ids: { inputs, outputs: new Set(tasks.keys()) },
    check(path, reader) {
      const root = String(path[0])
      const found = path.length > 1 && Object.hasOwn(checks, root) ? checks[root]!(path, reader) : null
      return found !== null && reader !== undefined && mayFail(reader) ? { ...found, severity: 'warning' } : found
    },
  }
}

/** Where a failure is allowed, failing may be the point. */
function mayFail(reader: PlacedTask): boolean {
  return (
    reader.task.allowFailure === true ||
    ancestorsOf(reader).some(task => kindOf(task) === 'AllowFailure' || task.task.allowFailure === true)
  )
}

function inputIds(flow: JsonObject): Set<string> {
  const inputs = Array.isArray(flow.inputs) ? flow.inputs : []
  const ids = inputs.map(input => (isJsonObject(input) ? (input.id ?? input.name) : undefined))
  return new Set(ids.filter(id => typeof id === 'string'))
}

function checkInput(path: readonly Key[], ids: Set<string>): Found | null {
  const parts = path.slice(1).map(String)
  for (const id of ids) {
    const own = id.split('.')
    const shared = Math.min(own.length, parts.length)
    if (own.slice(0, shared).join('.') === parts.slice(0, shared).join('.')) return null
  }
  const name = parts.join('.')
  const near = nearest(name, ids)
  return {
    code: 'UNKNOWN_VARIABLE',
    severity: 'warning',
    message: `the flow has no input "${name}"${suggestion(near)}`,
  }
}

/** Names set by the flow or by a task; undefined where only the run can tell. */
function variableNames({ flow, tasks }: Subject): Set<string> | undefined {
  const names = new Set(isJsonObject(flow.variables) ? Object.keys(flow.variables) : [])
  for (const task of tasks) {
    if (kindOf(task) !== 'SetVariables') continue
    if (!isJsonObject(task.task.variables)) return undefined
    for (const name of Object.keys(task.task.variables)) names.add(name)
  }
  return [...names].some(name => name.includes('{')) ? undefined : names
}

function checkVariable(path: readonly Key[], names: Set<string> | undefined): Found | null {
  const name = String(path[1])
  if (names === undefined || names.has(name)) return null
  return {
    code: 'UNKNOWN_VARIABLE',
    severity: 'warning',
    message: `the flow has no variable "${name}"${suggestion(nearest(name, names))}`,
  }
}

function checkOutput(
  path: readonly Key[],
  reader: PlacedTask | undefined,
  tasks: Map<string, PlacedTask>,
): Found | null {
  const id = String(path[1])
  const task = tasks.get(id) ?? tasks.get(id.replace(/_(split|items|merge)$/, ''))
  if (task === undefined) {
    return { code: 'UNKNOWN_VARIABLE', message: `the flow has no task "${id}"${suggestion(nearest(id, tasks.keys()))}` }
  }
  const order = reader === undefined ? null : orderProblem(reader, task)
  if (order !== null) return { code: 'TASK_NOT_BEFORE', message: order }
  const hidden = reader === undefined ? null : hiddenBy(task, reader)
  if (hidden !== null) return { code: 'UNKNOWN_VARIABLE', message: hidden }
  return idOf(task) === id && !isInLoop(task) ? checkOutputName(task, path.slice(2)) : null
}

/** Outputs of what a Loop holds stay in their iteration. */
function hiddenBy(task: PlacedTask, reader: PlacedTask): string | null {
  const line = [reader, ...ancestorsOf(reader)]
  const loop = ancestorsOf(task).find(holder => kindOf(holder) === 'Loop' && !line.includes(holder))
  if (loop === undefined) return null
  return `task "${idOf(task)}" runs inside the Loop "${idOf(loop)}"; what is read after it stands in its "outputs"`
}

function isInLoop(task: PlacedTask): boolean {
  return ancestorsOf(task).some(isLoop)
}

function checkOutputName({ task, definition }: PlacedTask, path: readonly Key[]): Found | null {
  if (definition === undefined || path.length === 0) return null
  const id = String(task.id)
  if (definition.outputs === undefined) {
    return { code: 'UNKNOWN_VARIABLE', message: `task "${id}" has no outputs: ${definition.type} gives none` }
  }
  for (const [index, name] of path.entries()) {
    const holder = schemaAt(definition.outputs, path.slice(0, index), undefined)
    const known = holder === undefined || isOpen(holder) ? undefined : knownKeys(holder)
    if (known === undefined) return null
    if (known.includes(String(name))) continue
    const message = `task "${id}" has no output "${path.slice(0, index + 1).join('.')}"${hint(String(name), known)}`
    return { code: 'UNKNOWN_VARIABLE', message }
  }
  return null
}

function hint(name: string, known: string[]): string {
  const near = nearest(name, known)
  return near.length > 0 ? suggestion(near) : `; it has ${known.join(', ')}`
}

/** An object that lets any name through. */
function isOpen(schema: Parameters<typeof unwrap>[0]): boolean {
  const { catchall } = unwrap(schema)._zod.def as unknown as { catchall?: { _zod: { def: { type: string } } } }
  return catchall !== undefined && catchall._zod.def.type !== 'never'
}
