import { Output, type Task } from '../flow'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Branches, Rendered, Retry, Step, StepOf, WorkerChoice } from '../plan'
import type { Path } from './context'
import { compileOutput } from './outputs'
import { ownProperties, withoutKeys } from './properties'
import { rendered } from './rendered'
import { templateFacts } from './template-facts'

/** What all kinds of step have in common. */
export type StepBase = Pick<
  StepOf<'sequential'>,
  'id' | 'type' | 'runIf' | 'allowFailure' | 'allowWarning' | 'timeout' | 'logLevel' | 'line' | 'reads' | 'readsOwn'
>

type Tools = {
  base: StepBase
  /** The task's own policy, or the inherited one. */
  retry: Retry | undefined
  /** The task's own, or the flow's. */
  workers: WorkerChoice | undefined
  /** Compiles held tasks; `within` is their path below the task. */
  tasks(property: string, held: Json | undefined, within?: Path): Step[]
  task(held: Json, within: Path): Step[]
}

type Build = (task: Task, tools: Tools) => Step

const core = 'io.kestra.plugin.core.flow'

/** By type: how a task of the flow's own structure becomes a step. */
export const flowables: Readonly<Record<string, Build>> = {
  [`${core}.Sequential`]: (task, tools) => ({ ...tools.base, kind: 'sequential', ...branches(task, tools) }),
  [`${core}.AllowFailure`]: (task, tools) => ({ ...tools.base, kind: 'allowFailure', ...branches(task, tools) }),
  [`${core}.Parallel`]: (task, tools) => ({
    ...tools.base,
    kind: 'parallel',
    concurrent: rendered(task.concurrent ?? 0),
    ...branches(task, tools),
  }),
  [`${core}.Dag`]: buildDag,
  [`${core}.If`]: (task, tools) => ({
    ...tools.base,
    kind: 'if',
    condition: rendered(task.condition ?? ''),
    ...branches(task, tools, 'then'),
    ...(task.else === undefined ? {} : { otherwise: tools.tasks('else', task.else) }),
  }),
  [`${core}.Switch`]: buildSwitch,
  [`${core}.ForEach`]: (task, tools) => ({
    ...tools.base,
    kind: 'forEach',
    values: rendered(task.values ?? []),
    concurrencyLimit: rendered(task.concurrencyLimit ?? 1),
    ...branches(task, tools),
  }),
  [`${core}.EachSequential`]: (task, tools) => ({
    ...tools.base,
    kind: 'forEach',
    values: rendered(task.value ?? []),
    concurrencyLimit: rendered(1),
    ...branches(task, tools),
  }),
  [`${core}.EachParallel`]: (task, tools) => ({
    ...tools.base,
    kind: 'forEach',
    values: rendered(task.value ?? []),
    concurrencyLimit: rendered(task.concurrent ?? 0),
    tasksAtOnce: true,
    ...branches(task, tools),
  }),
  [`${core}.Loop`]: (task, tools) => ({
    ...tools.base,
    kind: 'loop',
    values: rendered(task.values ?? []),
    concurrencyLimit: rendered(task.concurrencyLimit ?? 1),
    transmitFailed: rendered(task.transmitFailed ?? true),
    fetchType: rendered(task.fetchType ?? 'AUTO'),
    outputs: Output.array()
      .parse(task.outputs ?? [])
      .map(compileOutput),
    ...branches(task, tools),
  }),
  [`${core}.LoopUntil`]: buildLoopUntil,
  [`${core}.Pause`]: buildPause,
  [`${core}.Sleep`]: (task, tools) => ({
    ...tools.base,
    ...retryOf(tools),
    kind: 'sleep',
    duration: rendered(task.duration ?? 'PT0S'),
  }),
  [`${core}.Subflow`]: (task, tools) => {
    const properties = ownProperties(task)
    const impure = templateFacts(properties).impure
    return {
      ...tools.base,
      ...retryOf(tools),
      kind: 'subflow',
      properties,
      ...(impure ? { impure: true as const } : {}),
    }
  },
  [`${core}.ForEachItem`]: buildForEachItem,
  [`${core}.WorkingDirectory`]: (task, tools) => ({
    ...tools.base,
    ...(tools.workers === undefined ? {} : { workers: tools.workers }),
    kind: 'workingDirectory',
    properties: withoutKeys(ownProperties(task), ['tasks', 'errors', 'finally']),
    ...branches(task, tools),
  }),
}

function buildDag(task: Task, tools: Tools): Step {
  const entries = (Array.isArray(task.tasks) ? task.tasks : []).filter(isJsonObject)
  const steps = entries.flatMap((entry, index) => tools.task(entry.task ?? null, ['tasks', index, 'task']))
  const known = new Set(steps.map(step => step.id))
  const dependsOn = Object.fromEntries(
    entries.map(entry => [idOf(entry), toStrings(entry.dependsOn).filter(id => known.has(id))]),
  )
  return {
    ...tools.base,
    kind: 'dag',
    concurrent: rendered(task.concurrent ?? 0),
    dependsOn,
    ...ends(task, tools),
    steps,
  }
}

function buildSwitch(task: Task, tools: Tools): Step {
  const cases = isJsonObject(task.cases) ? task.cases : {}
  return {
    ...tools.base,
    kind: 'switch',
    value: rendered(task.value ?? ''),
    cases: Object.fromEntries(
      Object.entries(cases).map(([name, held]) => [name, tools.tasks('cases', held, ['cases', name])]),
    ),
    ...(task.defaults === undefined ? {} : { defaults: tools.tasks('defaults', task.defaults) }),
    steps: [],
    ...ends(task, tools),
  }
}

/** Kestra's own names of the three. */
function buildForEachItem(task: Task, tools: Tools): Step {
  const { items = null, batch = null, ...child } = withoutKeys(ownProperties(task), ['errors', 'finally'])
  const { id, type, line, logLevel, reads, readsOwn } = tools.base
  const part = (name: 'split' | 'items' | 'merge', properties: JsonObject): Step => ({
    id: `${id}_${name}`,
    type,
    line,
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(reads === undefined ? {} : { reads }),
    ...(readsOwn === undefined ? {} : { readsOwn }),
    kind: 'forEachItem',
    part: name,
    properties,
    ...(templateFacts(properties).impure ? { impure: true as const } : {}),
  })
  const steps = [part('split', { items, batch }), part('items', child), part('merge', {})]
  return { ...tools.base, kind: 'sequential', steps, ...ends(task, tools) }
}

function buildLoopUntil(task: Task, tools: Tools): Step {
  const frequency = isJsonObject(task.checkFrequency) ? task.checkFrequency : {}
  return {
    ...tools.base,
    kind: 'loopUntil',
    condition: rendered(task.condition ?? ''),
    failOnMaxReached: rendered(task.failOnMaxReached ?? false),
    interval: rendered(frequency.interval ?? 'PT1M'),
    ...optional('maxIterations', frequency.maxIterations),
    ...optional('maxDuration', frequency.maxDuration),
    countsOn: true,
    ...branches(task, tools),
  }
}

function buildPause(task: Task, tools: Tools): Step {
  const onPause = task.onPause === undefined ? undefined : tools.task(task.onPause, ['onPause'])[0]
  return {
    ...tools.base,
    kind: 'pause',
    ...optional('pauseDuration', task.pauseDuration ?? task.delay),
    behavior: rendered(task.behavior ?? 'RESUME'),
    ...(onPause === undefined ? {} : { onPause }),
    ...(task.onResume === undefined ? {} : { onResume: task.onResume }),
    ...branches(task, tools),
  }
}

function branches(task: Task, tools: Tools, tasks = 'tasks'): Branches {
  return { steps: tools.tasks(tasks, task[tasks]), ...ends(task, tools) }
}

function ends(task: Task, tools: Tools): Pick<Branches, 'errors' | 'finally'> {
  return {
    ...(task.errors === undefined ? {} : { errors: tools.tasks('errors', task.errors) }),
    ...(task.finally === undefined ? {} : { finally: tools.tasks('finally', task.finally) }),
  }
}

function optional<Name extends string>(name: Name, value: Json | undefined): { [Key in Name]?: Rendered } {
  return value === undefined ? {} : ({ [name]: rendered(value) } as { [Key in Name]: Rendered })
}

function retryOf(tools: Tools): { retry?: Retry } {
  return tools.retry === undefined ? {} : { retry: tools.retry }
}

function idOf(entry: JsonObject): string {
  return isJsonObject(entry.task) ? String(entry.task.id) : ''
}

function toStrings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
