import type { Json } from '../json'
import { nearest, suggestion } from '../nearest'
import { findCycles } from './find-cycle'
import { idOf, isLoop, kindOf, type PlacedTask } from './placed-tasks'
import type { Path, Problem } from './problem'
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
  return [...problems, ...findCycles(edges).flatMap(cycle => cycleProblem(cycle, children))]
}

function cycleProblem(cycle: string[], children: PlacedTask[]): Problem[] {
  const first = children.find(child => idOf(child) === cycle[0])
  const message = `tasks wait for each other: ${cycle.join(' -> ')}`
  return first === undefined ? [] : [{ code: 'CYCLE', message, path: dependsOnPath(first) }]
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
    .filter(({ task }) => isNothing(task.cases) && isNothing(task.defaults))
    .filter(task => kindOf(task) === 'Switch')
    .map(({ path }) => ({
      code: 'MISSING_PROPERTY',
      message: 'a Switch needs "cases" or "defaults"',
      path: [...path, 'cases'],
    }))

function isNothing(held: Json | undefined): boolean {
  return held === undefined || held === null || (typeof held === 'object' && Object.keys(held).length === 0)
}

/** What a Pause says of its end contradicts nothing; Kestra saves what does, and leaves a part of it out. */
export const checkPauses: Check = ({ tasks }) =>
  tasks
    .filter(task => kindOf(task) === 'Pause')
    .flatMap(({ task, path }) => {
      const hasEnd = task.pauseDuration !== undefined || task.delay !== undefined
      const warn = (name: string, message: string): Problem => ({
        code: 'INVALID_VALUE',
        severity: 'warning',
        message,
        path: [...path, name],
      })
      return [
        ...(task.pauseDuration !== undefined && task.delay !== undefined
          ? [warn('delay', '"delay" is the older name of "pauseDuration", which counts; drop it')]
          : []),
        ...(task.behavior !== undefined && !hasEnd
          ? [
              warn(
                'behavior',
                '"behavior" says what happens when "pauseDuration" is over; without one the pause has no end',
              ),
            ]
          : []),
      ]
    })

/** Only one task without others in it runs when a pause begins. */
export const checkOnPause: Check = ({ tasks }) =>
  tasks
    .filter(
      ({ parent, branch, definition }) => parent !== undefined && branch === 'onPause' && definition?.step === 'flow',
    )
    .map(({ task, path }) => ({
      code: 'NOT_SUPPORTED',
      severity: 'warning',
      message: `"onPause" is for a task that does something by itself, not for flow control such as "${String(task.type)}"`,
      path: [...path, 'type'],
    }))

/** No round can be made for nothing: the task would fail. */
export const checkLoopValues: Check = ({ tasks }) =>
  tasks
    .filter(task => isLoop(task))
    .flatMap(({ task, path }) =>
      ['values', 'value'].flatMap(name => {
        const values = task[name]
        if (!Array.isArray(values)) return []
        return values.flatMap((value, index): Problem[] =>
          value === null
            ? [{ code: 'INVALID_VALUE', message: 'a loop has no round for a null value', path: [...path, name, index] }]
            : [],
        )
      }),
    )

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

/** Tasks that share a folder run on one worker, which only the WorkingDirectory can choose; flow control runs on none. */
export const checkWorkingDirectories: Check = ({ tasks }) =>
  tasks
    .filter(({ parent, branch }) => parent !== undefined && branch === 'tasks' && kindOf(parent) === 'WorkingDirectory')
    .flatMap(({ definition, task, path }): Problem[] => [
      ...(definition?.kind === 'task' && definition.step === 'flow'
        ? [notHeld(`flow control such as "${String(task.type)}"`, [...path, 'type'])]
        : []),
      ...(task.workerGroup === undefined
        ? []
        : [notHeld('a task with a "workerGroup"; write it at the WorkingDirectory', [...path, 'workerGroup'])]),
    ])

function notHeld(what: string, path: Path): Problem {
  return { code: 'NOT_SUPPORTED', message: `a WorkingDirectory can't hold ${what}`, path }
}
