import { ownProperties } from '#language/compile/properties'
import { type LogLevel, type RunContext, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { PureFailure, type PureResult } from '../pure/pure-task'
import { type PluginSources, runPlugin } from './run-plugin'
import { runPure } from './run-pure'
import type { OpenContext } from './task-context'

/**
 * Runs a task that a plugin made at run time (TemplatedTask), as part of the running task run: same context, same log.
 * It may hold no further one, since a text that makes itself would never end.
 */
export async function runHeldTask(
  sources: PluginSources,
  task: JsonObject,
  opened: Omit<OpenContext, 'close'>,
): Promise<JsonObject> {
  if (typeof task.type !== 'string') throw new TaskError('The task has no type')
  const definition = sources.catalog.find(task.type)
  if (definition?.kind !== 'task') {
    const [near] = sources.catalog.nearest(task.type, 'task')
    throw new TaskError(`There is no task ${task.type}${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
  if (definition.step === 'flow') throw new TaskError(`${definition.type} holds other tasks, and can't run inside one`)
  const step = { type: definition.type, properties: ownProperties(task) }
  const context: RunContext = { ...opened.context, runTask: refuse }
  return runStep(sources, step, { ...opened, context })
}

/** Runs a task that holds no others: its plugin, or what it computes. */
export function runStep(
  sources: PluginSources,
  step: { type: string; properties: JsonObject; line?: number },
  opened: Omit<OpenContext, 'close'>,
): Promise<JsonObject> {
  const isPure = sources.catalog.find(step.type)?.step === 'pure'
  return isPure ? runPureHere(step, opened) : runPlugin(sources, step, opened)
}

async function refuse(): Promise<never> {
  throw new TaskError("A task made from a template can't make another")
}

async function runPureHere(
  { type, properties }: { type: string; properties: JsonObject },
  { context, renderer, scope }: Omit<OpenContext, 'close'>,
): Promise<JsonObject> {
  const rendered = (await renderer(properties, scope)) as JsonObject
  try {
    const result = runPure(type, rendered, properties)
    report(context, result)
    return result.outputs ?? {}
  } catch (error) {
    if (!(error instanceof PureFailure)) throw error
    report(context, error.result)
    throw new TaskError(error.message, { cause: error })
  }
}

function report(context: RunContext, { logs = [], metrics = [] }: PureResult): void {
  for (const { level, message } of logs) context.log(level as LogLevel, message)
  for (const metric of metrics) context.metric(metric)
}
