import { formatDuration, parseDuration } from '#language/durations'
import { isTruthy, LimitExceeded, renderDeep } from '#language/expressions/index'
import { Budget } from '#language/expressions/limits'
import { PendingCall, type Scope } from '#language/expressions/types'
import type { Json, JsonObject } from '#language/json'
import type { Rendered, Step } from '#language/plan'
import { quick } from './activities'
import type { ExecutionState } from './execution-state'
import { executionScope, taskScope, workflowEnv } from './scope'
import { type Task, wait } from './task'
import type { TaskRun } from './task-run'
import { executionRef, type Walk } from './walk'

type Options = { typed?: boolean }

/** Renders a value as a task run sees it: here, or in an activity where it needs the world. */
export function* render(walk: Walk, run: TaskRun, value: Rendered, options: Options = {}): Task<Json> {
  const { state } = walk
  if (value.impure !== true && !readsStored(state, run.step)) {
    const rendered = renderHere(walk, value.raw, taskScope(state, run), options)
    if (rendered !== needsWorld) return rendered
  }
  return yield* renderOutside(walk, prunedScope(state, run), value.raw, options, run)
}

/** Renders a value that belongs to the execution as a whole. */
export function* renderForExecution(walk: Walk, value: Rendered, options: Options = {}): Task<Json> {
  const scope = executionScope(walk.state)
  if (value.impure !== true && walk.state.storedOutputs === 0) {
    const rendered = renderHere(walk, value.raw, scope, options)
    if (rendered !== needsWorld) return rendered
  }
  return yield* renderOutside(walk, scope, value.raw, options)
}

const needsWorld = Symbol('needs the world')

/** What one rendering may spend in the workflow: a larger one is an activity's, where it holds up no other walk. */
const stepsHere = 50_000

/** A template that renders another text may turn out to need the world only then. */
function renderHere(walk: Walk, value: Json, scope: Scope, options: Options): Json | typeof needsWorld {
  const budget = new Budget(stepsHere)
  try {
    return renderDeep(value, scope, workflowEnv(), { ...options, budget })
  } catch (error) {
    if (error instanceof PendingCall || error instanceof LimitExceeded) return needsWorld
    throw error
  } finally {
    walk.scheduler.spend(budget.spent)
  }
}

/** Renders a switch such as `runIf`. */
export function* renderTruth(walk: Walk, run: TaskRun, value: Rendered): Task<boolean> {
  return isTruthy(yield* render(walk, run, value))
}

/** Renders a number such as a limit. */
export function* renderNumber(walk: Walk, run: TaskRun, value: Rendered): Task<number> {
  const rendered = yield* render(walk, run, value, { typed: true })
  const number = typeof rendered === 'number' ? rendered : Number(rendered)
  if (Number.isNaN(number)) throw new RenderFailure(`${JSON.stringify(rendered)} is not a number`)
  return number
}

function* renderOutside(walk: Walk, scope: Scope, value: Json, options: Options, run?: TaskRun): Task<Json> {
  const { originalId, parentId } = walk.state.input
  const result = yield* wait(
    quick.renderValue({
      execution: executionRef(walk.state),
      originalId,
      parentId,
      taskId: run?.step.id ?? '',
      taskRunId: run?.id ?? '',
      scope: scope as JsonObject,
      value,
      typed: options.typed === true,
    }),
  )
  if ('failure' in result) throw new RenderFailure(result.failure)
  return result.value
}

/** A value that can't be rendered, or is not what it must be; the message is the user's. */
export class RenderFailure extends Error {}

/** The variables of a task without the outputs that its expressions can't read: these needn't travel. */
export function prunedScope(state: ExecutionState, run: TaskRun): JsonObject {
  const scope = taskScope(state, run) as JsonObject
  const { reads } = run.step
  if (reads === undefined) return scope
  const all = { outputs: scope.outputs as JsonObject, tasks: scope.tasks as JsonObject }
  const outputs: JsonObject = {}
  const tasks: JsonObject = {}
  for (const id of reads) {
    if (Object.hasOwn(all.outputs, id)) outputs[id] = all.outputs[id]!
    if (Object.hasOwn(all.tasks, id)) tasks[id] = all.tasks[id]!
  }
  return { ...scope, outputs, tasks }
}

/** Whether an expression of the step may read outputs that lie in internal storage. */
function readsStored(state: ExecutionState, step: Step): boolean {
  if (state.storedOutputs === 0) return false
  return step.reads === undefined || step.reads.some(id => state.hasStoredOutputs(id))
}

/** Renders a duration: its ISO-8601 text and its milliseconds. */
export function* renderDuration(walk: Walk, run: TaskRun, value: Rendered): Task<{ text: string; ms: number }> {
  const rendered = yield* render(walk, run, value, { typed: true })
  const ms = parseDuration(rendered)
  if (ms === null) throw new RenderFailure(`${JSON.stringify(rendered)} is not a duration such as PT30S`)
  return { text: formatDuration(ms), ms }
}
