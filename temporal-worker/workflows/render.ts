import { formatDuration, parseDuration } from '#language/durations'
import { isTruthy, LimitExceeded, renderDeep } from '#language/expressions/index'
import { Budget } from '#language/expressions/limits'
import { PendingCall, type Scope } from '#language/expressions/types'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { Rendered, Step } from '#language/plan'
import { isStored } from '#language/stored'
import type { ExecutionState } from './execution-state'
import { outside, travel } from './outside'
import { executionScope, taskScope, workflowEnv } from './scope'
import type { Task } from './task'
import type { TaskRun } from './task-run'
import { setOwn } from './tree'
import { executionRef, type Walk } from './walk'

/** `sealsInputs`: what is rendered has `inputs` of another flow; their secrets go there sealed. */
type Options = { typed?: boolean; sealsInputs?: boolean }

/** Renders a value as a task run sees it: here, or in an activity where it needs the world. */
export function* render(walk: Walk, run: TaskRun, value: Rendered, options: Options = {}): Task<Json> {
  const { state } = walk
  if (value.impure !== true && !readsStored(state, run.step) && !readsStoredTrigger(state, value)) {
    const rendered = renderHere(walk, value.raw, taskScope(state, run), options)
    if (rendered !== needsWorld) return rendered
  }
  return yield* renderOutside(walk, prunedScope(state, run), value.raw, options, run)
}

/** Renders a value that belongs to the execution as a whole. */
export function* renderForExecution(walk: Walk, value: Rendered, options: Options = {}): Task<Json> {
  const scope = executionScope(walk.state)
  if (value.impure !== true && walk.state.storedOutputs === 0 && !readsStoredTrigger(walk.state, value)) {
    const rendered = renderHere(walk, value.raw, scope, options)
    if (rendered !== needsWorld) return rendered
  }
  return yield* renderOutside(walk, scope, value.raw, options)
}

const needsWorld = Symbol('needs the world')

/** A template that renders another text may turn out to need the world only then. */
function renderHere(walk: Walk, value: Json, scope: Scope, options: Options): Json | typeof needsWorld {
  const budget = new Budget(walk.host.limits.stepsPerRendering)
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
  const travelling = yield* travel(walk, run?.id ?? 'execution', scope as JsonObject)
  const result = yield* outside(walk, travelling.length, () =>
    walk.host.quick.renderValue({
      execution: executionRef(walk.state),
      originalId,
      parentId,
      taskId: run?.step.id ?? '',
      taskRunId: run?.id ?? '',
      scope: travelling.scope,
      value,
      typed: options.typed === true,
      ...(options.sealsInputs ? { sealsInputs: true } : {}),
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
  const { reads, readsOwn = [] } = run.step
  if (reads === undefined) return scope
  const all = { outputs: scope.outputs as JsonObject, tasks: scope.tasks as JsonObject }
  const outputs: JsonObject = {}
  const tasks: JsonObject = {}
  const values = readsOwn.length === 0 ? new Set<string>() : valuesAround(run)
  for (const id of reads) {
    const isOwn = readsOwn.includes(id)
    if (Object.hasOwn(all.outputs, id)) outputs[id] = isOwn ? only(all.outputs[id]!, values) : all.outputs[id]!
    if (Object.hasOwn(all.tasks, id)) tasks[id] = isOwn ? only(all.tasks[id]!, values) : all.tasks[id]!
  }
  return { ...scope, outputs, tasks }
}

function valuesAround(run: TaskRun): Set<string> {
  const values = new Set<string>()
  for (let at: TaskRun | undefined = run; at !== undefined; at = at.parent) {
    if (at.value !== undefined) values.add(at.value)
  }
  return values
}

/** The entries of a map that lie under one of the keys. */
function only(map: Json, keys: ReadonlySet<string>): Json {
  if (!isJsonObject(map)) return map
  const found: JsonObject = {}
  for (const key of keys) if (Object.hasOwn(map, key)) setOwn(found, key, map[key]!)
  return found
}

/** Whether an expression of the step may read outputs that lie in internal storage. */
function readsStored(state: ExecutionState, step: Step): boolean {
  if (state.storedOutputs === 0) return false
  return step.reads === undefined || step.reads.some(id => state.hasStoredOutputs(id))
}

/** Whether a value may read what its trigger gave and what is too large to travel: the body of a webhook. */
function readsStoredTrigger({ input }: ExecutionState, { raw }: Rendered): boolean {
  const given = Object.values(input.trigger?.variables ?? {})
  return given.some(isStored) && mentionsTrigger(raw)
}

/** `render` may find the word in the text that it renders. */
function mentionsTrigger(value: Json): boolean {
  if (typeof value === 'string') return /trigger|render/.test(value)
  const parts = Array.isArray(value) ? value : isJsonObject(value) ? Object.entries(value).flat() : []
  return parts.some(mentionsTrigger)
}

/** Renders a duration: its ISO-8601 text and its milliseconds. */
export function* renderDuration(walk: Walk, run: TaskRun, value: Rendered): Task<{ text: string; ms: number }> {
  const rendered = yield* render(walk, run, value, { typed: true })
  const ms = parseDuration(rendered)
  if (ms === null) throw new RenderFailure(`${JSON.stringify(rendered)} is not a duration such as PT30S`)
  return { text: formatDuration(ms), ms }
}
