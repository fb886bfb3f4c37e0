import { nearest, suggestion } from '../nearest'
import { findCycle } from './find-cycle'
import { idOf, kindOf, type PlacedTask } from './placed-tasks'
import type { Problem } from './problem'
import type { Check } from './subject'

/** Tasks of a Dag depend on tasks of the same Dag, not on themselves, and not in a circle. */
export const checkDags: Check = ({ tasks }) =>
  tasks
    .filter(task => kindOf(task) === 'Dag')
    .flatMap(dag => checkDag(tasks.filter(task => task.parent === dag && task.branch === 'tasks')))

function checkDag(children: PlacedTask[]): Problem[] {
  const ids = children.map(idOf).filter(id => id !== undefined)
  const problems = children.flatMap(child => unknownDependencies(child, ids))
  const edges = new Map(children.map(child => [idOf(child) ?? '', child.dependsOn ?? []]))
  const cycle = findCycle(edges)
  const first = cycle === null ? undefined : children.find(child => idOf(child) === cycle[0])
  if (first === undefined || cycle === null) return problems
  return [
    ...problems,
    { code: 'CYCLE', message: `tasks wait for each other: ${cycle.join(' -> ')}`, path: dependsOnPath(first) },
  ]
}

function unknownDependencies(child: PlacedTask, ids: string[]): Problem[] {
  const wanted = child.dependsOn ?? []
  return wanted.flatMap((id, index) => {
    if (ids.includes(id)) return []
    const message = `no task of this Dag is called "${id}"${suggestion(nearest(id, ids))}`
    return [{ code: 'INVALID_VALUE' as const, message, path: [...dependsOnPath(child), index] }]
  })
}

function dependsOnPath(child: PlacedTask): (string | number)[] {
  return [...child.path.slice(0, -1), 'dependsOn']
}

/** A Switch needs something to choose. */
export const checkSwitches: Check = ({ tasks }) =>
  tasks
    .filter(({ task }) => task.cases === undefined && task.defaults === undefined)
    .filter(task => kindOf(task) === 'Switch')
    .map(({ path }) => ({
      code: 'MISSING_PROPERTY',
      message: 'a Switch needs "cases" or "defaults"',
      path: [...path, 'cases'],
    }))

/** A flow that starts itself would never end. */
export const checkSubflows: Check = ({ flow, tasks }) =>
  tasks
    .filter(task => ['Subflow', 'ForEachItem'].includes(kindOf(task)))
    .filter(({ task }) => task.flowId === flow.id && task.namespace === flow.namespace && flow.id !== undefined)
    .map(({ path }) => ({
      code: 'CYCLE',
      message: 'recursive call: this task starts its own flow',
      path: [...path, 'flowId'],
    }))

/** Tasks that share a folder run on one worker; flow control runs on none. */
export const checkWorkingDirectories: Check = ({ tasks }) =>
  tasks
    .filter(({ parent, branch }) => parent !== undefined && branch === 'tasks' && kindOf(parent) === 'WorkingDirectory')
    .filter(({ definition }) => definition?.kind === 'task' && definition.step === 'flow')
    .map(({ task, path }) => ({
      code: 'NOT_SUPPORTED',
      message: `a WorkingDirectory can't hold flow control such as "${String(task.type)}"`,
      path: [...path, 'type'],
    }))
