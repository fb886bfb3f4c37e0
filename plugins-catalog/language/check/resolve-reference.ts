import type { VariableReference } from '../expressions/references'
import { isJsonObject, type JsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import { orderProblem } from './order'
import { ancestorsOf, idOf, isKeyedLoop, kindOf, type PlacedTask } from './placed-tasks'
import type { Problem } from './problem'
import { knownKeys } from './schema-at'
import type { Subject } from './subject'

type Found = Pick<Problem, 'code' | 'message' | 'severity'>
type Key = string | number
type Reads = Pick<VariableReference, 'path' | 'conditional'>

/**
 * Follows what templates read to the tasks and names that give it. What an output or input holds is `check-types.ts`'.
 * Kestra saves a flow whatever it reads, and only the task that reads it fails: so a name that no task has is a warning,
 * unless it is most like a name that one has, which is a slip.
 */
export type Resolver = {
  /** What is wrong with reading a variable from a task (or from the flow itself); null where nothing is, or nobody can tell. */
  check(reads: Reads, reader: PlacedTask | undefined): Found | null
  ids: { inputs: Set<string>; outputs: Set<string> }
}

export function createResolver(subject: Subject): Resolver {
  const tasks = new Map(subject.tasks.flatMap(task => (idOf(task) === undefined ? [] : [[idOf(task)!, task] as const])))
  const checks: { [root: string]: (path: readonly Key[], reader: PlacedTask | undefined) => Found | null } = {
    outputs: (path, reader) => checkOutput(path, reader, tasks),
    tasks: path => checkState(path, tasks),
  }
  return {
    ids: { inputs: inputIds(subject.flow), outputs: new Set(tasks.keys()) },
    check({ path, conditional }, reader) {
      const root = String(path[0])
      if (!knownRoots.has(root)) return unknownRoot(root)
      const found = path.length > 1 && Object.hasOwn(checks, root) ? checks[root]!(path, reader) : null
      return found !== null && (conditional === true || mayFail(reader)) ? { ...found, severity: 'warning' } : found
    },
  }
}

/** Variables that Kestra gives anywhere; the last ones in tasks and triggers of some kinds. */
const knownRoots: ReadonlySet<string> = new Set([
  ...['flow', 'execution', 'inputs', 'outputs', 'vars', 'labels', 'trigger', 'schedule', 'task', 'taskrun', 'tasks'],
  ...['parent', 'parents', 'item', 'globals', 'envs', 'kestra', 'namespace', 'error', 'assets', 'files', 'app'],
  ...['workingDir', 'outputDir', 'outputFiles', 'inputFiles', 'bucketPath', 'response', 'count', 'window', 'body'],
])

function unknownRoot(name: string): Found {
  const near = suggestion(nearest(name, knownRoots))
  const message = `no variable is called "${name}"${near === '' ? '; what a flow has stands under inputs, vars, outputs, trigger, labels' : near}`
  return { code: 'UNKNOWN_VARIABLE', severity: 'warning', message }
}

/** Where a failure is allowed, failing may be the point; and what is disabled never runs. */
export function mayFail(reader: PlacedTask | undefined): boolean {
  if (reader === undefined) return false
  return [reader, ...ancestorsOf(reader)].some(
    task => task.task.allowFailure === true || task.task.disabled === true || kindOf(task) === 'AllowFailure',
  )
}

/** As templates name them: those of a form stand below it. */
function inputIds(flow: JsonObject): Set<string> {
  const inputs = Array.isArray(flow.inputs) ? flow.inputs : []
  const held = inputs.flatMap(input => (isJsonObject(input) && Array.isArray(input.inputs) ? input.inputs : []))
  const ids = [...inputs, ...held].map(input => (isJsonObject(input) ? (input.id ?? input.name) : undefined))
  return new Set(ids.filter(id => typeof id === 'string'))
}

function checkState(path: readonly Key[], tasks: Map<string, PlacedTask>): Found | null {
  const id = String(path[1])
  if (findTask(id, tasks) !== undefined) return null
  return { code: 'UNKNOWN_VARIABLE', severity: 'warning', message: noTask(id, tasks) }
}

/** A ForEachItem's hidden parts count as itself. */
function findTask(id: string, tasks: Map<string, PlacedTask>): PlacedTask | undefined {
  return tasks.get(id) ?? tasks.get(id.replace(/_(split|items|merge)$/, ''))
}

function noTask(id: string, tasks: Map<string, PlacedTask>): string {
  return `the flow has no task "${id}"${suggestion(nearest(id, tasks.keys()))}`
}

function unknownTask(id: string, tasks: Map<string, PlacedTask>): Found {
  const isSlip = nearest(id, tasks.keys()).length > 0
  return { code: 'UNKNOWN_VARIABLE', message: noTask(id, tasks), ...(isSlip ? {} : { severity: 'warning' }) }
}

function checkOutput(
  path: readonly Key[],
  reader: PlacedTask | undefined,
  tasks: Map<string, PlacedTask>,
): Found | null {
  const id = String(path[1])
  const task = findTask(id, tasks)
  if (task === undefined) return unknownTask(id, tasks)
  const order = reader === undefined ? null : orderProblem(reader, task)
  if (order !== null) return { code: 'TASK_NOT_BEFORE', ...order }
  const hidden = reader === undefined ? null : hiddenBy(task, reader)
  if (hidden !== null) return { code: 'UNKNOWN_VARIABLE', message: hidden }
  return disabled(task) ?? withoutValue(task, path)
}

/** Outputs of what a Loop holds stay in their iteration. */
function hiddenBy(task: PlacedTask, reader: PlacedTask): string | null {
  const line = [reader, ...ancestorsOf(reader)]
  const loop = ancestorsOf(task).find(holder => kindOf(holder) === 'Loop' && !line.includes(holder))
  if (loop === undefined) return null
  return `task "${idOf(task)}" runs inside the Loop "${idOf(loop)}"; what is read after it stands in its "outputs"`
}

function disabled(task: PlacedTask): Found | null {
  const off = [task, ...ancestorsOf(task)].find(({ task: { disabled } }) => disabled === true)
  if (off === undefined) return null
  const message = `task "${idOf(task)}" gives no outputs: ${off === task ? 'it' : `"${idOf(off)}"`} is disabled`
  return { code: 'UNKNOWN_VARIABLE', severity: 'warning', message }
}

/** Outputs of a task in a loop stand under the loop's values; an output's name right after the task was meant otherwise. */
function withoutValue(task: PlacedTask, path: readonly Key[]): Found | null {
  const loop = ancestorsOf(task).find(isKeyedLoop)
  const name = path[2]
  if (loop === undefined || name === undefined || task.definition?.outputs === undefined) return null
  if (knownKeys(task.definition.outputs)?.includes(String(name)) !== true || mayBeValue(loop, String(name))) return null
  const id = idOf(task)
  return {
    code: 'UNKNOWN_VARIABLE',
    severity: 'warning',
    message: `task "${id}" runs in the loop "${idOf(loop)}"; its outputs stand under each value: outputs.${id}[taskrun.value].${name}`,
  }
}

function mayBeValue({ task }: PlacedTask, name: string): boolean {
  const values = JSON.stringify(task.values ?? task.value ?? '')
  return values.includes(name)
}
