import { Context } from '@temporalio/activity'
import type { ExecutionChanges, ExecutionRef, TaskRunRow } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { Step, StepOf } from '#language/plan'
import { forgive, stopsSiblings, type TerminalState } from '../workflows/task-run'
import type { WorkFolder } from './command-session/work-folders'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'
import { runPureTask } from './run-pure-task'
import { type RunTaskResult, runAttempt } from './run-task'
import { openTaskContext } from './task-context'
import { collectFiles, writeFiles } from './working-directory-files'

export type RunWorkingDirectoryInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  step: StepOf<'workingDirectory'>
  run: TaskRunRow
  children: TaskRunRow[]
  scope: JsonObject
  changes?: ExecutionChanges
}

export type RunWorkingDirectoryResult = {
  /** Of the children that ran, in order. */
  children: RunTaskResult[]
  outputs: JsonObject
}

export function createRunWorkingDirectory(deps: ActivityDependencies) {
  /** Runs tasks one after another in one folder of this machine. */
  return async function runWorkingDirectory(input: RunWorkingDirectoryInput): Promise<RunWorkingDirectoryResult> {
    const { cancellationSignal: signal } = Context.current()
    const stopHeartbeat = keepAlive()
    const { tenantId, executionId } = input.execution
    let folder: WorkFolder | undefined
    try {
      // The sweep asks the record whether a folder is still needed.
      if (input.changes !== undefined) await deps.recorder.record(input.execution, input.changes)
      folder = await deps.folders.create({ tenantId, executionId, taskRunId: input.run.id, attempt: 1 })
      return await runIn(folder.hostDir, deps, input, signal)
    } finally {
      stopHeartbeat()
      await folder?.remove()
    }
  }
}

async function runIn(
  folder: string,
  deps: ActivityDependencies,
  input: RunWorkingDirectoryInput,
  signal: AbortSignal,
): Promise<RunWorkingDirectoryResult> {
  const log = { log: () => undefined, metric: () => undefined }
  const { step, run } = input
  const opened = openTaskContext(deps, {
    ...input,
    taskId: step.id,
    taskRunId: run.id,
    attempt: 1,
    signal,
    log,
    folder,
  })
  const properties = (await opened.renderer(step.properties, opened.scope)) as JsonObject
  await writeFiles(folder, opened.context, properties)
  const children = await runChildren(folder, deps, input, signal)
  const outputFiles = await collectFiles(folder, opened.context, toTexts(properties.outputFiles))
  return { children, outputs: Object.keys(outputFiles).length === 0 ? {} : { outputFiles } }
}

async function runChildren(
  folder: string,
  deps: ActivityDependencies,
  input: RunWorkingDirectoryInput,
  signal: AbortSignal,
): Promise<RunTaskResult[]> {
  const outputs: JsonObject = isJsonObject(input.scope.outputs) ? { ...input.scope.outputs } : {}
  const results: RunTaskResult[] = []
  for (const [index, child] of input.step.steps.entries()) {
    const row = input.children[index]!
    const scope = childScope(input, child, row, outputs)
    const result = await runChild({ folder, deps, input, signal }, child, row, scope)
    results.push(result)
    outputs[child.id] = result.outputs ?? {}
    if (stopsSiblings(result.state)) break
  }
  return results
}

type Runtime = { folder: string; deps: ActivityDependencies; input: RunWorkingDirectoryInput; signal: AbortSignal }

function runChild(runtime: Runtime, step: Step, run: TaskRunRow, scope: JsonObject): Promise<RunTaskResult> {
  const { deps, input, folder, signal } = runtime
  const { execution, originalId, parentId } = input
  const common = { execution, originalId, ...(parentId === undefined ? {} : { parentId }), run, scope, folder }
  const states: { successState: TerminalState; failureState: TerminalState } = {
    successState: 'SUCCESS',
    failureState: forgive('FAILED', step),
  }
  if (step.kind === 'activity') {
    return runAttempt(deps, { ...common, ...states, step }, signal, Context.current().info.attempt > 1)
  }
  if (step.kind === 'pure') return runPureTask(deps, { ...common, ...states, step }, signal)
  throw new TaskError(`${step.type} can't run inside a WorkingDirectory`)
}

function childScope(input: RunWorkingDirectoryInput, step: Step, row: TaskRunRow, outputs: JsonObject): JsonObject {
  return {
    ...input.scope,
    outputs: { ...outputs },
    task: { id: step.id, type: step.type },
    taskrun: { id: row.id, startDate: row.startDate, attemptsCount: row.attempts.length, parentId: input.run.id },
  }
}

function toTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
