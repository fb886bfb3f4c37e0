import { Context } from '@temporalio/activity'
import type { LogLevel } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { PureFailure, type PureResult } from '../pure/pure-task'
import { beginRun } from './begin-run'
import type { ActivityDependencies } from './dependencies'
import { explain } from './perform-task'
import { runPure } from './run-pure'
import type { RunTaskInput, RunTaskResult } from './run-task'
import { openTaskContext } from './task-context'
import { endAttempt, toRecorded } from './task-run-rows'

export type RunPureTaskInput = Omit<RunTaskInput, 'step'> & { step: StepOf<'pure'> }

/** Runs a task that only computes beside others in an activity (WorkingDirectory). */
export async function runPureTask(
  deps: ActivityDependencies,
  input: RunPureTaskInput,
  signal: AbortSignal,
): Promise<RunTaskResult> {
  const { execution, step } = input
  const { running, attempt, log, masker } = await beginRun(deps, input, Context.current().info.attempt > 1)
  const taskRunId = running.id
  const opened = openTaskContext(deps, { ...input, taskId: step.id, taskRunId, attempt, signal, log, masker })
  const report = (result: PureResult) => {
    for (const line of result.logs ?? []) log.log(line.level as LogLevel, line.message)
    for (const metric of result.metrics ?? []) log.metric(metric)
  }
  let state: 'SUCCESS' | 'FAILED' = 'SUCCESS'
  let outputs: JsonObject | undefined
  try {
    const properties = (await opened.renderer(step.properties, opened.scope)) as JsonObject
    const result = runPure(step.type, properties, step.properties)
    report(result)
    outputs = result.outputs && masker.json(result.outputs)
  } catch (error) {
    if (error instanceof PureFailure) report(error.result)
    log.log('ERROR', explain(error))
    state = 'FAILED'
  }
  const endState = state === 'FAILED' ? input.failureState : input.successState
  const ended = { ...endAttempt(running, endState, state, new Date().toISOString()), outputs: outputs ?? null }
  await log.settled()
  await deps.recorder.record(execution, { taskRuns: [ended], removedTaskRuns: [], ...log.take() })
  return { state: endState, run: toRecorded(ended), isStored: false, ...(outputs === undefined ? {} : { outputs }) }
}
