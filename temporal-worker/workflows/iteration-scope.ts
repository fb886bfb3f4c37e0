import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { ExecutionState } from './execution-state'
import { idsBelow } from './held-steps'
import { type TaskRun, valuePath } from './task-run'
import { deletePath, setOwn } from './tree'

/** What a Loop adds to, and hides from, the variables of a run within it; nothing outside of one. */
export function iterationScope(state: ExecutionState, run: TaskRun): { [name: string]: Json } {
  const iterations = iterationsAround(run)
  if (iterations.length === 0) return {}
  const outputs = { ...state.outputs }
  const tasks = { ...state.taskStates }
  for (const iteration of iterations.toReversed()) {
    const path = valuePath(iteration)
    for (const id of idsBelow(iteration.parent!.step)) {
      narrow(outputs, state.outputs, id, path)
      narrow(tasks, state.taskStates, id, path)
    }
  }
  return { outputs, tasks, item: itemOf(iterations) }
}

/**
 * Takes what the tasks of an ended iteration left out of the execution's variables: nobody can read it any more. `ids`:
 * of which tasks; all within a Loop.
 */
export function forgetIteration(
  state: ExecutionState,
  iteration: Pick<TaskRun, 'parent' | 'value' | 'iteration'>,
  ids: readonly string[] = idsBelow(iteration.parent!.step),
): void {
  const path = valuePath(iteration)
  for (const id of ids) {
    forget(state.outputs, [id, ...path])
    forget(state.taskStates, [id, ...path])
  }
}

/** Takes a value out, and each map that is empty without it. */
function forget(tree: JsonObject, path: readonly string[]): void {
  deletePath(tree, path)
  for (let length = path.length - 1; length > 0; length--) {
    const holder = path.slice(0, length)
    const at = valueAt(tree, holder)
    if (at === undefined || Object.keys(at as JsonObject).length > 0) return
    deletePath(tree, holder)
  }
}

function valueAt(tree: JsonObject, path: readonly string[]): Json | undefined {
  let at: Json | undefined = tree
  for (const key of path) at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  return at
}

/** Of each Loop around a run, nearest first: the run directly below it. */
function iterationsAround(run: TaskRun): TaskRun[] {
  const found: TaskRun[] = []
  for (let at: TaskRun | undefined = run; at !== undefined; at = at.parent) {
    if (at.parent?.step.kind === 'loop' && at.value !== undefined) found.push(at)
  }
  return found
}

function itemOf(iterations: readonly TaskRun[]): JsonObject {
  const [own, ...parents] = iterations.map(({ parent, value, iteration }): JsonObject => {
    const key = parent?.keys?.[iteration ?? 0]
    return { value: value ?? null, index: iteration ?? 0, ...(key === undefined ? {} : { key }) }
  })
  return { ...own, ...(parents.length === 0 ? {} : { parent: parents[0]!, parents }) }
}

/** Shows what lies at a path below a task's name as if it were all of it. */
function narrow(into: JsonObject, tree: JsonObject, id: string, path: readonly string[]): void {
  const at = valueAt(tree, [id, ...path])
  if (at === undefined) delete into[id]
  else setOwn(into, id, at)
}
