import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { pureTasks } from '../../pure/index'
import { PureFailure, type PureResult } from '../../pure/pure-task'
import { Abandoned } from '../control'
import { applyEffect } from '../effects'
import { now } from '../execution-state'
import { RenderFailure, render } from '../render'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'

/** Runs a task that only computes, inside the workflow. */
export function* runPure(walk: Walk, step: StepOf<'pure'>, run: TaskRun): Task<TerminalState> {
  const task = Object.hasOwn(pureTasks, step.type) ? pureTasks[step.type] : undefined
  if (task === undefined) throw new RenderFailure(`This version of the worker can't run ${step.type}`)
  // Tasks that change their execution are never seen RUNNING when they fail, as in Kestra.
  const changesExecution = effectTypes.has(step.type)
  if (!changesExecution) walk.state.moveRun(run, 'RUNNING')
  const properties = (yield* render(walk, run, toRendered(step))) as JsonObject
  const result = compute(
    () => task(properties, step.properties),
    failed => report(walk, run, failed),
  )
  if (result.effect !== undefined) applyEffect(walk, run, result.effect)
  if (changesExecution && run.state === 'CREATED') walk.state.moveRun(run, 'RUNNING')
  report(walk, run, result)
  if (walk.control.isAbandoned(run.parent)) throw new Abandoned()
  return 'SUCCESS'
}

const effectTypes: ReadonlySet<string> = new Set(
  ['Labels', 'SetVariables', 'UnsetVariables'].map(name => `io.kestra.plugin.core.execution.${name}`),
)

function toRendered(step: StepOf<'pure'>) {
  return { raw: step.properties, ...(step.impure ? { impure: step.impure } : {}) }
}

/** What a failing task had to say before it failed is reported, too. */
function compute(task: () => PureResult, onFailure: (result: PureResult) => void): PureResult {
  try {
    return task()
  } catch (error) {
    if (error instanceof PureFailure) onFailure(error.result)
    throw error
  }
}

function report(walk: Walk, run: TaskRun, result: PureResult): void {
  for (const { level, message } of result.logs ?? []) walk.state.log(run, level, message)
  if (result.outputs !== undefined) walk.state.setOutputs(run, result.outputs)
  for (const [sequence, metric] of (result.metrics ?? []).entries()) {
    walk.state.changes.addMetric({
      taskRunId: run.id,
      attempt: run.attempts.length,
      sequence,
      taskId: run.step.id,
      timestamp: now(),
      ...metric,
      tags: metric.tags ?? {},
    })
  }
}
