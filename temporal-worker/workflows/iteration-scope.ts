import type { Json, JsonObject } from '#language/json'
import type { Step } from '#language/plan'
import type { ExecutionState } from './execution-state'
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
      narrow(outputs, id, path)
      narrow(tasks, id, path)
    }
  }
  return { outputs, tasks, item: itemOf(iterations) }
}

/** Takes what the tasks of an ended iteration left out of the execution's variables: nobody can read it any more. */
export function forgetIteration(
  state: ExecutionState,
  iteration: Pick<TaskRun, 'parent' | 'value' | 'iteration'>,
): void {
  const path = valuePath(iteration)
  for (const id of idsBelow(iteration.parent!.step)) {
    deletePath(state.outputs, [id, ...path])
    deletePath(state.taskStates, [id, ...path])
  }
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
function narrow(tree: JsonObject, id: string, path: readonly string[]): void {
  let at: Json | undefined = Object.hasOwn(tree, id) ? tree[id] : undefined
  for (const key of path) {
    const isMap = typeof at === 'object' && at !== null && !Array.isArray(at)
    at = isMap && Object.hasOwn(at as JsonObject, key) ? (at as JsonObject)[key] : undefined
  }
  if (at === undefined) delete tree[id]
  else setOwn(tree, id, at)
}

const idsOfSteps = new WeakMap<Step, string[]>()

/** Names of all tasks that a step holds in its main branch, at any depth; kept, since each expression asks. */
function idsBelow(step: Step): string[] {
  const known = idsOfSteps.get(step)
  if (known !== undefined) return known
  const ids = 'steps' in step ? step.steps.flatMap(idsOf) : []
  idsOfSteps.set(step, ids)
  return ids
}

function idsOf(step: Step): string[] {
  return [step.id, ...heldSteps(step).flatMap(idsOf)]
}

function heldSteps(step: Step): Step[] {
  const main = 'steps' in step ? [...step.steps, ...(step.errors ?? []), ...(step.finally ?? [])] : []
  if (step.kind === 'if') return [...main, ...(step.otherwise ?? [])]
  if (step.kind === 'switch') return [...main, ...Object.values(step.cases).flat(), ...(step.defaults ?? [])]
  if (step.kind === 'pause') return [...main, ...(step.onPause === undefined ? [] : [step.onPause])]
  return main
}
