import type { Catalog } from './catalog'
import type { CompileContext } from './compile/context'
import { compileOutput } from './compile/outputs'
import { compileRetry } from './compile/retry'
import { compileTasks } from './compile/tasks'
import type { SourceMap } from './diagnostics'
import type { Flow, PluginDefault } from './flow'
import { type Plan, planVersion, type Step } from './plan'

export type CompileOptions = {
  /** The revision that runs; 1 where the flow was never saved. */
  revision?: number
  /** Defaults of the namespace and its parents, nearest last; the flow's own win over them. */
  namespaceDefaults?: PluginDefault[]
  /** Gives each step the line of its task. */
  source?: SourceMap
}

/** Turns a flow without errors (see `parseFlow`) into the plan that a workflow walks. Pure. */
export function compile(flow: Flow, catalog: Catalog, options: CompileOptions = {}): Plan {
  const context: CompileContext = {
    catalog,
    defaults: [...(options.namespaceDefaults ?? []), ...flow.pluginDefaults],
    retry: flow.retry === undefined ? undefined : compileRetry(flow.retry),
    lineOf: path => options.source?.rangeOf(path).line ?? 0,
  }
  const branch = (name: 'errors' | 'finally' | 'afterExecution'): Step[] | undefined =>
    flow[name] === undefined ? undefined : compileTasks(flow[name], [name], { ...context, retry: undefined })
  return withoutUndefined({
    version: planVersion,
    flow: { namespace: flow.namespace, id: flow.id, revision: options.revision ?? 1 },
    variables: flow.variables,
    steps: compileTasks(flow.tasks, ['tasks'], context),
    errors: branch('errors'),
    finally: branch('finally'),
    afterExecution: withListeners(flow, branch('afterExecution'), context),
    outputs: flow.outputs.map(compileOutput),
    retry: context.retry,
  })
}

/** Old `listeners` run before `afterExecution`. */
function withListeners(flow: Flow, after: Step[] | undefined, context: CompileContext): Step[] | undefined {
  const listeners = flow.listeners ?? []
  if (listeners.length === 0) return after
  const steps = listeners.flatMap((listener, index) =>
    compileTasks(listener.tasks, ['listeners', index, 'tasks'], { ...context, retry: undefined }),
  )
  return [...steps, ...(after ?? [])]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, child]) => child !== undefined)) as T
}
