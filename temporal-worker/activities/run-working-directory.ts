import { Context } from '@temporalio/activity'
import type { ExecutionChanges, ExecutionRef, TaskRunRow } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import { isTruthy } from '#language/expressions/index'
import type { Json, JsonObject } from '#language/json'
import type { Step, StepOf } from '#language/plan'
import { holdsStored } from '#language/stored'
import { stopsSiblings } from '../workflows/task-run'
import type { WorkFolder } from './command-session/work-folders'
import type { ActivityDependencies } from './dependencies'
import { openFolderCache } from './folder-cache'
import { type FolderNote, restoreFolder, saveFolder } from './folder-notes'
import { keepAlive } from './keep-alive'
import { restoreOutputs } from './outputs'
import { explain, isForUser } from './perform-task'
import type { Renderer } from './renderer'
import { type FolderRuntime, runFolderTask } from './run-folder-task'
import type { RunTaskResult } from './run-task'
import { openTaskContext } from './task-context'
import { skipRun, toRecorded } from './task-run-rows'
import { collectFiles, writeFiles } from './working-directory-files'
import { WorkingDirectoryScope } from './working-directory-scope'

export type RunWorkingDirectoryInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  step: StepOf<'workingDirectory'>
  run: TaskRunRow
  children: TaskRunRow[]
  scope: JsonObject
  /** Values of the loops around: the keys under which its tasks find each other's outputs. */
  outputPath?: string[]
  /** How often, and since when, the flow was tried; whether a retry is another execution depends on it. */
  tried?: { attempt: number; createdAtMs: number }
  changes?: ExecutionChanges
}

export type RunWorkingDirectoryResult = {
  /** Of the children that ran, in order. */
  children: RunTaskResult[]
  outputs: JsonObject
  /** Why the rest did not run, where no task has failed. */
  failure?: string
  /** For its log. */
  notes?: FolderNote[]
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
  const restore = (scope: JsonObject) => restoreScope(deps, input, scope)
  const render: Renderer = async (value, scope, options) =>
    opened.renderer(value, await restore(scope as JsonObject), options)
  const runtime = { folder, deps, input, signal, masker: opened.masker, render }
  const children: RunTaskResult[] = []
  const notes: FolderNote[] = []
  try {
    const properties = (await opened.renderer(step.properties, await restore(input.scope))) as JsonObject
    const cache = openFolderCache(cacheOptions(runtime), properties)
    notes.push(...(await restoreFolder(runtime, cache)))
    await writeFiles(folder, opened.context, properties)
    await runChildren(runtime, children)
    const outputFiles = await collectFiles(folder, opened.context, toTexts(properties.outputFiles))
    if (!signal.aborted) notes.push(...(await saveFolder(runtime, cache)))
    return { children, notes, outputs: Object.keys(outputFiles).length === 0 ? {} : { outputFiles } }
  } catch (error) {
    if (!isForUser(error)) throw error
    return { children, notes, outputs: {}, failure: explain(error) }
  }
}

function cacheOptions({ deps, input, folder }: FolderRuntime) {
  const { execution, step, run } = input
  return { storage: deps.storage, execution, taskId: step.id, value: run.value, folder }
}

async function restoreScope(
  deps: ActivityDependencies,
  { execution }: RunWorkingDirectoryInput,
  scope: JsonObject,
): Promise<JsonObject> {
  if (!holdsStored(scope)) return scope
  return (await restoreOutputs(deps.storage, execution.tenantId, scope)) as JsonObject
}

/** Adds each task to `children` as it ends, so that those before a failure are known. */
async function runChildren(runtime: FolderRuntime, children: RunTaskResult[]): Promise<void> {
  const { input } = runtime
  const scope = new WorkingDirectoryScope(input.scope, input.outputPath ?? [])
  for (const [index, step] of input.step.steps.entries()) {
    const row = input.children[index]!
    if (!(await mayRun(runtime, step, scope))) {
      children.push(await skip(runtime, row))
      continue
    }
    const result = await runFolderTask(runtime, step, row, run => scope.of(step, run))
    children.push(result)
    scope.add(step.id, result.outputs ?? {})
    if (stopsSiblings(result.state)) break
  }
}

/** One that can't be told has no run, as in Kestra; its holder fails. */
async function mayRun({ render }: FolderRuntime, { id, runIf }: Step, scope: WorkingDirectoryScope): Promise<boolean> {
  if (runIf === undefined) return true
  try {
    return isTruthy(await render(runIf.raw, scope.own))
  } catch (error) {
    if (!isForUser(error)) throw error
    throw new TaskError(`Failed evaluating runIf of the task '${id}': ${explain(error)}`)
  }
}

async function skip({ deps, input }: FolderRuntime, row: TaskRunRow): Promise<RunTaskResult> {
  const skipped = skipRun(row, new Date().toISOString())
  await deps.recorder.record(input.execution, { taskRuns: [skipped], removedTaskRuns: [], logs: [], metrics: [] })
  return { state: 'SKIPPED', run: toRecorded(skipped), isStored: false }
}

function toTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
