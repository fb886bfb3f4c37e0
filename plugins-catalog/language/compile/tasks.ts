import { type Task, Retry as WrittenRetry } from '../flow'
import type { Json } from '../json'
import type { Retry, Step } from '../plan'
import type { CompileContext, Path } from './context'
import { applyDefaults } from './defaults'
import { flowables, type StepBase } from './flowables'
import { ownProperties, withoutKeys } from './properties'
import { isTrue, rendered } from './rendered'
import { compileRetry } from './retry'
import { templateFacts } from './template-facts'

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
  const retry = own ?? context.retry
  const base = stepBase(task, type, path, context)
  const build = Object.hasOwn(flowables, type) ? flowables[type] : undefined
  if (build !== undefined) {
    const tools = {
      base,
      retry,
      tasks: (property: string, held: Json | undefined, within = property.split('.')) =>
        compileTasks(toTasks(held), [...path, ...within], { ...context, retry }),
      task: (held: Json, within: Path) => compileTask(held as Task, [...path, ...within], { ...context, retry }),
    }
    return [build(task, tools)]
  }
  return [leaf(task, base, retry, definition?.step === 'pure', definition?.renderLater ?? [])]
}

function leaf(
  task: Task,
  base: StepBase,
  retry: Retry | undefined,
  isPure: boolean,
  renderLater: readonly string[],
): Step {
  const properties = ownProperties(task)
  const facts = templateFacts(withoutKeys(task, ['description']))
  const common = {
    ...base,
    ...(retry === undefined ? {} : { retry }),
    ...(facts.reads === 'any' ? {} : { reads: facts.reads }),
  }
  if (!isPure) return { ...common, kind: 'activity', properties }
  const impure = templateFacts(withoutKeys(properties, renderLater)).impure
  return { ...common, kind: 'pure', properties, ...(impure ? { impure: true as const } : {}) }
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
