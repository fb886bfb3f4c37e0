import { isJsonObject, type JsonObject } from '../json'
import { ancestorsOf, idOf, isLoop, kindOf, type PlacedTask } from './placed-tasks'

/** A warning: it may have run by then, but nothing says so. */
export type OrderProblem = { message: string; severity?: 'warning' }

/** Why a task can't read outputs of another: it can't have run by then. Null where it can have. */
export function orderProblem(reader: PlacedTask, target: PlacedTask): OrderProblem | null {
  if (runsBeside(reader, target)) {
    const message = `task "${idOf(target)}" runs at the same time; put what reads it after the Parallel`
    return { message, severity: 'warning' }
  }
  const message = orderMessage(reader, target)
  return message === null ? null : { message }
}

/** Whether they stand in two branches of one Parallel. */
function runsBeside(reader: PlacedTask, target: PlacedTask): boolean {
  const readerLine = [reader, ...ancestorsOf(reader)]
  const targetLine = [target, ...ancestorsOf(target)]
  const shared = targetLine.find(task => readerLine.includes(task))
  if (shared === undefined || shared === reader || shared === target) return false
  if (kindOf(shared) !== 'Parallel' || shared.task.concurrent === 1) return false
  const branches = [below(readerLine, shared).branch, below(targetLine, shared).branch]
  return branches.every(branch => branch === 'tasks') && ![shared, ...ancestorsOf(shared)].some(isLoop)
}

function orderMessage(reader: PlacedTask, target: PlacedTask): string | null {
  const id = idOf(target)
  if (reader === target) return readsItself(reader)
  const readerLine = [reader, ...ancestorsOf(reader)]
  const targetLine = [target, ...ancestorsOf(target)]
  const shared = targetLine.find(task => readerLine.includes(task))
  // A flowable that reads its own children does so between rounds; a child can't wait for its holder.
  if (shared === reader) return null
  if (shared === target)
    return kindOf(target) === 'Switch' || kindOf(target) === 'If' || kindOf(target) === 'Pause'
      ? null
      : loopOrProblem(reader, `task "${id}" holds this one and ends after it`)
  const holders = shared === undefined ? [] : [shared, ...ancestorsOf(shared)]
  if (holders.some(isLoop)) return null
  const a = below(readerLine, shared)
  const b = below(targetLine, shared)
  return a.branch === b.branch ? inOneList(a, b, shared, id) : inTwoBranches(a.branch, b.branch, id)
}

/** The condition of a LoopUntil is asked after each round, when its count and its tasks' outputs are there. */
function readsItself(reader: PlacedTask): string | null {
  if (kindOf(reader) === 'LoopUntil') return null
  return loopOrProblem(reader, `task "${idOf(reader)}" reads its own outputs, which it hasn't got yet`)
}

/** In a loop an earlier round may have left outputs. */
function loopOrProblem(reader: PlacedTask, problem: string): string | null {
  const isInLoop = ancestorsOf(reader).some(isLoop)
  return isInLoop ? null : problem
}

/** The task of a line that stands directly in the shared holder. */
function below(line: PlacedTask[], shared: PlacedTask | undefined): PlacedTask {
  const index = shared === undefined ? line.length : line.indexOf(shared)
  return line[index - 1]!
}

function inOneList(
  reader: PlacedTask,
  target: PlacedTask,
  holder: PlacedTask | undefined,
  id: string | undefined,
): string | null {
  const kind = holder === undefined || reader.branch !== 'tasks' ? 'Sequential' : kindOf(holder)
  if (kind === 'Dag')
    return isBeforeInDag(reader, target) ? null : `task "${id}" isn't before this one; add it to "dependsOn"`
  return target.index < reader.index ? null : `task "${id}" runs after this one`
}

function isBeforeInDag(reader: PlacedTask, target: PlacedTask): boolean {
  const siblings = reader.parent === undefined ? new Map<string, string[]>() : dependenciesIn(reader.parent)
  const wanted = idOf(target)
  const seen = new Set<string>()
  const open = [...(reader.dependsOn ?? [])]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === wanted) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(siblings.get(id) ?? []))
  }
  return false
}

/** Kept per Dag: it is asked once for each expression in it. */
const dependencies = new WeakMap<PlacedTask, Map<string, string[]>>()

function dependenciesIn(dag: PlacedTask): Map<string, string[]> {
  const known = dependencies.get(dag)
  if (known !== undefined) return known
  const items = Array.isArray(dag.task.tasks) ? dag.task.tasks : []
  const found = new Map(
    items.flatMap(item => (isJsonObject(item) && isJsonObject(item.task) ? [dagEntry(item, item.task)] : [])),
  )
  dependencies.set(dag, found)
  return found
}

function dagEntry(item: JsonObject, task: JsonObject): [id: string, dependsOn: string[]] {
  const ids = Array.isArray(item.dependsOn) ? item.dependsOn.filter(id => typeof id === 'string') : []
  return [String(task.id), ids]
}

/** Of two branches of one holder: what ends it comes after what it does; of cases only one runs. */
const rank: Record<string, number> = { onPause: 0, errors: 2, finally: 3, afterExecution: 4, listeners: 4 }
/** Of `tasks` and of the branches of an If or a Switch. */
const mainRank = 1

function inTwoBranches(reader: string, target: string, id: string | undefined): string | null {
  const readerRank = rank[reader.split('.')[0]!] ?? mainRank
  const targetRank = rank[target.split('.')[0]!] ?? mainRank
  if (targetRank < readerRank) return null
  if (targetRank > readerRank) return `task "${id}" is in "${target}", which runs later`
  return readerRank === mainRank ? `task "${id}" is in "${target}": only one of the two branches runs` : null
}
