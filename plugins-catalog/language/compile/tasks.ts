import { durationMs } from '../durations'
import { type Task, TaskCommon, Retry as WrittenRetry } from '../flow'
import type { Json, JsonObject } from '../json'
import type { Retry, Step, StepOf, WorkerChoice } from '../plan'
import type { CompileContext, Path } from './context'
import { applyDefaults } from './defaults'
import { flowables, type StepBase } from './flowables'
import { ownProperties, withoutKeys } from './properties'
import { isTrue, rendered } from './rendered'
import { compileRetry } from './retry'
import { type TemplateFacts, templateFacts } from './template-facts'
import { compileWorkers, wantedOf } from './workers'

/** Compiles a list of tasks; disabled ones are dropped. */
export function compileTasks(tasks: readonly Task[], path: Path, context: CompileContext): Step[] {
  return tasks.flatMap((task, index) => compileTask(task, [...path, index], context))
}

/** One step, or none for a disabled task. */
export function compileTask(written: Task, path: Path, context: CompileContext): Step[] {
  const task = applyDefaults(written, context.defaults, context.catalog)
  if (isTrue(task.disabled)) return []
  const definition = context.catalog.find(task.type)
  const type = definition?.type ?? task.type
  const own = task.retry === undefined ? undefined : compileRetry(WrittenRetry.parse(task.retry))
  const retry = own ?? (context.retry === undefined ? undefined : inheritedRetry(context.retry))
  const workers = compileWorkers(TaskWorkers.parse(task), 'task') ?? context.workers
  const base = stepBase(task, type, path, context)
  const build = Object.hasOwn(flowables, type) ? flowables[type] : undefined
  if (build !== undefined) {
    // What it holds has reads of its own; but the tasks of a WorkingDirectory run in one activity with it.
    const own = type.endsWith('.WorkingDirectory') ? ['description'] : ['description', ...heldBranches]
    const tools = {
      base: { ...base, ...readsOf(factsOf(withoutKeys(task, own), workers)) },
      retry,
      workers,
      tasks: (property: string, held: Json | undefined, within = property.split('.')) =>
        compileTasks(toTasks(held), [...path, ...within], { ...context, retry }),
      task: (held: Json, within: Path) => compileTask(held as Task, [...path, ...within], { ...context, retry }),
    }
    return [build(task, tools)]
  }
  return [leaf(task, base, { retry, workers }, definition?.step === 'pure', definition?.renderLater ?? [])]
}

const TaskWorkers = TaskCommon.pick({ workerGroup: true, workerSelector: true })

/** Properties that hold tasks. */
const heldBranches = ['tasks', 'errors', 'finally', 'then', 'else', 'cases', 'defaults', 'onPause']

function factsOf(task: JsonObject, workers: WorkerChoice | undefined): TemplateFacts {
  return templateFacts(workers === undefined ? task : [task, wantedOf(workers)])
}

function readsOf({ reads, readsOwn }: TemplateFacts): Pick<Step, 'reads' | 'readsOwn'> {
  if (reads === 'any') return {}
  return { reads, ...(readsOwn.length === 0 ? {} : { readsOwn }) }
}

/** That a success after a retry counts as WARNING is told by a task's own policy only. */
function inheritedRetry({ warningOnRetry: _own, ...retry }: Retry): Retry {
  return { ...retry, inherited: true }
}

function leaf(
  task: Task,
  base: StepBase,
  { retry, workers }: { retry: Retry | undefined; workers: WorkerChoice | undefined },
  isPure: boolean,
  renderLater: readonly string[],
): Step {
  const properties = ownProperties(task)
  const facts = factsOf(withoutKeys(task, ['description']), workers)
  const common = { ...base, ...(retry === undefined ? {} : { retry }), ...readsOf(facts) }
  const outside = { ...common, kind: 'activity' as const, properties, ...(workers === undefined ? {} : { workers }) }
  const cache = taskCache(task)
  if (cache !== undefined && !changesExecution.has(base.type)) return { ...outside, cache }
  if (!isPure) return outside
  const impure = templateFacts(withoutKeys(properties, renderLater)).impure
  return { ...common, kind: 'pure', properties, ...(impure ? { impure: true as const } : {}) }
}

/** Tasks that act on their execution itself: outputs kept from another one would not. */
const changesExecution: ReadonlySet<string> = new Set(
  ['Labels', 'SetVariables', 'UnsetVariables', 'Exit'].map(name => `io.kestra.plugin.core.execution.${name}`),
)

/** What only computes runs as an activity where it is cached, since a cache is outside of the workflow. */
function taskCache(task: Task): StepOf<'activity'>['cache'] {
  const written = TaskCommon.shape.taskCache.parse(task.taskCache)
  if (written === undefined || !written.enabled) return undefined
  return written.ttl === undefined ? {} : { ttlMs: durationMs(written.ttl) }
}

function stepBase(task: Task, type: string, path: Path, context: CompileContext): StepBase {
  const timeout = task.timeout
  // Kestra 2 says `when` for `runIf`.
  const runIf = task.when ?? task.runIf
  return {
    id: task.id,
    type,
    ...(runIf === undefined ? {} : { runIf: rendered(runIf) }),
    ...(isTrue(task.allowFailure) ? { allowFailure: true as const } : {}),
    ...(isTrue(task.allowWarning) ? { allowWarning: true as const } : {}),
    ...(timeout === undefined ? {} : { timeout: rendered(timeout) }),
    ...(typeof task.logLevel === 'string' ? { logLevel: task.logLevel.toUpperCase() } : {}),
    line: context.lineOf(path),
  }
}

function toTasks(held: Json | undefined): Task[] {
  return Array.isArray(held) ? (held as Task[]) : []
}
