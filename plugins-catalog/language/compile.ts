import type { Catalog } from './catalog'
import type { CompileContext } from './compile/context'
import { levelDefaults } from './compile/defaults'
import { compileListeners } from './compile/listeners'
import { compileOutput } from './compile/outputs'
import { notePlanReads } from './compile/plan-reads'
import { compileQuota } from './compile/quota'
import { compileRetry } from './compile/retry'
import { compileSla } from './compile/sla'
import { compileTasks } from './compile/tasks'
import { compileWorkers } from './compile/workers'
import type { SourceMap } from './diagnostics'
import type { Flow, PluginDefault } from './flow'
import type { JsonObject } from './json'
import { type Plan, planVersion, type Step } from './plan'

export type CompileOptions = {
  /** The revision that runs; 1 where the flow was never saved. */
  revision?: number
  /** What the namespaces around the flow say for it. */
  namespace?: NamespaceContext | undefined
  /** Gives each step the line of its task. */
  source?: SourceMap
}

export type NamespaceContext = {
  variables: JsonObject
  /** A list for each namespace that has some, the outermost first; the flow's own win over them. */
  pluginDefaults: PluginDefault[][]
}

/** Turns a flow without errors (see `parseFlow`) into the plan that a workflow walks. Pure. */
export function compile(flow: Flow, catalog: Catalog, options: CompileOptions = {}): Plan {
  const context: CompileContext = {
    catalog,
    defaults: levelDefaults([...(options.namespace?.pluginDefaults ?? []), flow.pluginDefaults]),
    retry: flow.retry === undefined ? undefined : compileRetry(flow.retry),
    workers: compileWorkers(flow, 'flow'),
    lineOf: path => options.source?.rangeOf(path).line ?? 0,
  }
  const branch = (name: 'errors' | 'finally' | 'afterExecution'): Step[] | undefined =>
    flow[name] === undefined ? undefined : compileTasks(flow[name], [name], { ...context, retry: undefined })
  const plan = withoutUndefined<Plan>({
    version: planVersion,
    recordsLulls: true,
    finishesBranches: true,
    flow: { namespace: flow.namespace, id: flow.id, revision: options.revision ?? 1 },
    variables: flow.variables,
    namespaceVariables: usesNamespace(flow, options) ? options.namespace?.variables : undefined,
    steps: compileTasks(flow.tasks, ['tasks'], context),
    errors: branch('errors'),
    finally: branch('finally'),
    afterExecution: withListeners(flow, branch('afterExecution'), context),
    outputs: flow.outputs.map(compileOutput),
    retry: context.retry,
    sla: flow.sla.length === 0 ? undefined : flow.sla.map(compileSla),
    quotas: flow.quotas.length === 0 ? undefined : flow.quotas.map(compileQuota),
  })
  return notePlanReads(plan)
}

/** Whether an expression may read `namespace`: by its name, or in a text that is only rendered as the flow runs. */
function usesNamespace(flow: Flow, { namespace }: CompileOptions): boolean {
  if (namespace === undefined || Object.keys(namespace.variables).length === 0) return false
  return /\bnamespace\s*[.[|}]|render|Context\(|TemplatedTask/.test(JSON.stringify([flow, namespace.pluginDefaults]))
}

/** Old `listeners` run before `afterExecution`. */
function withListeners(flow: Flow, after: Step[] | undefined, context: CompileContext): Step[] | undefined {
  return flow.listeners === undefined ? after : [...compileListeners(flow, context), ...(after ?? [])]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, child]) => child !== undefined)) as T
}
