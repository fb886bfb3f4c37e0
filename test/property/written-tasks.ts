import type { Written } from './laws'

type Branches = { [property: string]: unknown }

type Around = Pick<Written, 'branch' | 'policy' | 'isTakenBack' | 'isBeside'>

/** The tasks of a flow by id, each with what counts for it of all that is around it. */
export function writtenTasks(flow: string): Map<string, Written> {
  const tasks = new Map<string, Written>()
  const { retry, ...branches } = JSON.parse(flow) as Branches
  for (const branch of ['tasks', 'errors', 'finally', 'afterExecution']) {
    const isBeside = branch !== 'tasks'
    collect(branches[branch], { branch, policy: retry, isTakenBack: isBeside, isBeside }, tasks)
  }
  return tasks
}

function collect(list: unknown, around: Around, into: Map<string, Written>): void {
  if (!Array.isArray(list)) return
  for (const item of list as Branches[]) {
    const task = (item.task ?? item) as Branches & { id: string; type: string }
    const own: Around = { ...around, policy: task.retry ?? around.policy }
    into.set(task.id, { ...task, ...own })
    // Rounds begin anew.
    const isTakenBack = own.isTakenBack || task.type.endsWith('.LoopUntil')
    const below = { ...own, isTakenBack, isBeside: false }
    const { cases = {} } = task as { cases?: { [name: string]: unknown } }
    for (const held of [task.tasks, task.then, task.else, task.defaults, ...Object.values(cases)]) {
      collect(held, below, into)
    }
    for (const held of [task.errors, task.finally]) collect(held, { ...below, isTakenBack: true, isBeside: true }, into)
  }
}
