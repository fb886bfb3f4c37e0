import { isJsonObject, type JsonObject, toText } from '#language/json'
import { toLabels } from '#language/labels'
import type { StepOf } from '#language/plan'
import { type ExecuteFlowInput, type ExecuteFlowResult, killSignal } from '../../contract'
import { toBoolean } from '../../pure/pure-task'
import { isCancellation } from '../failure-message'
import type { Child } from '../host'
import { RenderFailure, render } from '../render'
import { type Task, wait } from '../task'
import { forgive, type TaskRun, type TerminalState } from '../task-run'
import { atRestFor, executionRef, recordBeside, type Walk, whileActive } from '../walk'

/** Runs another flow as an execution of its own. */
export function* runSubflow(walk: Walk, step: StepOf<'subflow'>, run: TaskRun): Task<TerminalState> {
  const before = run.state === 'RUNNING' ? run.outputs?.executionId : undefined
  if (before === undefined) walk.state.moveRun(run, 'RUNNING')
  const { outputs: _forChild, ...own } = step.properties
  const raw = { raw: own, ...(step.impure ? { impure: step.impure } : {}) }
  const properties = (yield* render(walk, run, raw, { sealsInputs: true })) as JsonObject
  const begun =
    typeof before === 'string' ? find(walk, run, before, properties) : yield* beginActive(walk, run, properties)
  if (!toBoolean(properties.wait, true)) return 'SUCCESS'
  const { executionId, child, link } = begun
  const result = yield* atRestFor(walk, run, () => walk.host.shielded(() => waitFor(walk, child)))
  walk.state.setOutputs(run, {
    executionId,
    state: result.state,
    ...(Object.keys(result.outputs).length === 0 ? {} : { outputs: result.outputs }),
  })
  const ended = toBoolean(properties.transmitFailed, true) ? transmitted(result.state) : 'SUCCESS'
  // What is tried again is forgiven after the last try.
  const state = ended === 'FAILED' && step.retry !== undefined ? ended : forgive(ended, step)
  if (state === 'FAILED') walk.state.log(run, 'ERROR', `Subflow execution ${link} ends in FAILED state`)
  if (state === 'WARNING') walk.state.log(run, 'WARN', `Subflow execution ${link} ends in WARNING state`)
  return state
}

type Begun = { executionId: string; child: Child; link: string }

/** A kill that comes while the execution is being begun must find it. */
function beginActive(walk: Walk, run: TaskRun, properties: JsonObject): Task<Begun> {
  return whileActive(walk, run, () => begin(walk, run, properties))
}

function* begin(walk: Walk, run: TaskRun, properties: JsonObject): Task<Begun> {
  const created = yield* createChild(walk, properties, run)
  const { executionId } = created.input
  const link = executionLink(created.input)
  walk.state.log(run, 'INFO', `Created new execution ${link}`)
  walk.state.setOutputs(run, { executionId })
  if (created.dueMs !== undefined) run.dueMs = created.dueMs
  recordBeside(walk)
  return { executionId, child: yield* wait(start(walk, created)), link }
}

/** An execution that an earlier run of the workflow began. */
function find(walk: Walk, run: TaskRun, executionId: string, properties: JsonObject): Begun {
  return { executionId, child: findChild(walk, executionId, run.dueMs), link: linkTo(walk, executionId, properties) }
}

/** One that this run of the workflow did not start, or that starts by itself at `dueMs`. */
export function findChild(walk: Walk, executionId: string, dueMs?: number): Child {
  const { history } = walk.host
  if (history === undefined) throw new Error('A walk without a history has no earlier one')
  const child = history.findChild({ tenantId: walk.state.input.tenantId, executionId })
  return dueMs === undefined ? child : untouchedUntil(walk, child, dueMs)
}

/** A signal would begin it before its time: only a kill may. */
function untouchedUntil({ host }: Walk, child: Child, dueMs: number): Child {
  let isTold = false
  return {
    async result() {
      const leftMs = dueMs - Date.now()
      if (leftMs > 0 && !isTold) await host.condition(() => isTold, leftMs)
      return child.result()
    },
    signal(name) {
      isTold = true
      return child.signal(name)
    },
  }
}

/** What a page shows as a link. */
export function executionLink({ executionId, plan }: ExecuteFlowInput): string {
  return linkOf(executionId, plan.flow)
}

/** The same for one that was begun before, by the properties of its task. */
export function linkTo(walk: Walk, executionId: string, properties: JsonObject): string {
  const namespace = toText(properties.namespace) || walk.state.input.plan.flow.namespace
  return linkOf(executionId, { namespace, id: toText(properties.flowId) })
}

function linkOf(executionId: string, { namespace, id }: { namespace: string; id: string }): string {
  return `[[link execution="${executionId}" flowId="${id}" namespace="${namespace}"]]`
}

/** Makes the execution of the flow that a task's rendered properties name. */
export function* createChild(walk: Walk, properties: JsonObject, run: TaskRun): Task<Created> {
  const { state } = walk
  const scheduleDate = toText(properties.scheduleDate)
  const { callers = [], plan } = state.input
  const asked = walk.host.quick.createSubflowExecution({
    parent: executionRef(state),
    executionId: state.newId(),
    namespace: toText(properties.namespace) || plan.flow.namespace,
    flowId: toText(properties.flowId),
    ...(properties.revision === undefined ? {} : { revision: Number(properties.revision) }),
    inputs: isJsonObject(properties.inputs) ? properties.inputs : {},
    labels: toLabels(properties.labels),
    parentLabels: state.labels,
    callers: [...callers, `${plan.flow.namespace}.${plan.flow.id}`],
    inheritLabels: toBoolean(properties.inheritLabels, false),
    ...(scheduleDate === '' ? {} : { scheduleDate }),
    ...callOf(walk, run),
  })
  const result = yield* wait(asked)
  if ('failure' in result) throw new RenderFailure(result.failure)
  return result
}

type Created = { input: ExecuteFlowInput; ended?: ExecuteFlowResult; dueMs?: number }

/** Starts its workflow, where it needs one and does not start by itself. */
export async function start(walk: Walk, { input, ended, dueMs }: Created): Promise<Child> {
  if (dueMs !== undefined) return findChild(walk, input.executionId, dueMs)
  if (ended !== undefined) return { result: async () => ended, signal: async () => undefined }
  return walk.host.shielded(() => walk.host.startChild(input))
}

/** Resolves with its end; a kill of this execution is told to it. */
export async function waitFor(walk: Walk, child: Child): Promise<ExecuteFlowResult> {
  const result = child.result()
  try {
    await Promise.race([result, walk.scope.cancelRequested])
  } catch (error) {
    if (!isCancellation(error)) throw error
    await child.signal(killSignal)
  }
  return result
}

/** The states of a child that its task takes over. */
export function transmitted(state: string): TerminalState {
  return state === 'FAILED' || state === 'KILLED' || state === 'WARNING' ? state : 'SUCCESS'
}

/** What the called execution sees as its `trigger`, and what its caller wants from it. */
function callOf(
  { state }: Walk,
  run: TaskRun,
): { trigger: NonNullable<ExecuteFlowInput['trigger']>; outputs?: JsonObject } {
  const { executionId, plan } = state.input
  const { id, namespace, revision } = plan.flow
  const outputs = run.step.kind === 'subflow' ? run.step.properties.outputs : undefined
  return {
    trigger: {
      id: run.step.id,
      type: run.step.type,
      variables: {
        executionId,
        namespace,
        flowId: id,
        flowRevision: revision,
        taskRunId: run.id,
        ...(run.value === undefined ? {} : { taskRunValue: run.value }),
        ...(run.iteration === undefined ? {} : { taskRunIteration: run.iteration }),
        ...(run.items === undefined ? {} : { taskRunItems: run.items }),
      },
    },
    ...(isJsonObject(outputs) ? { outputs } : {}),
  }
}
