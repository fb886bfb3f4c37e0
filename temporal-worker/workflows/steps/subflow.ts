import {
  CancellationScope,
  type ChildWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { type ExecuteFlowInput, executeFlowName, flowQueue, killSignal, workflowIdOf } from '../../contract'
import { toBoolean, toText } from '../../pure/pure-task'
import { quick } from '../activities'
import type { executeFlow } from '../execute-flow'
import { newId } from '../execution-state'
import { RenderFailure, render } from '../render'
import { type Task, wait } from '../task'
import { forgive, type TaskRun, type TerminalState } from '../task-run'
import { atWork, executionRef, recordBeside, type Walk } from '../walk'

/** Runs another flow as an execution of its own. */
export function* runSubflow(walk: Walk, step: StepOf<'subflow'>, run: TaskRun): Task<TerminalState> {
  walk.state.moveRun(run, 'RUNNING')
  const raw = { raw: step.properties, ...(step.impure ? { impure: step.impure } : {}) }
  const properties = (yield* render(walk, run, raw)) as JsonObject
  const input = yield* createChild(walk, properties)
  const link = executionLink(input)
  walk.state.log(run, 'INFO', `Created new execution ${link}`)
  walk.state.setOutputs(run, { executionId: input.executionId })
  recordBeside(walk)
  const child = yield* wait(start(input))
  if (!toBoolean(properties.wait, true)) return 'SUCCESS'
  const result = yield* atWork(walk, run, () => CancellationScope.nonCancellable(() => waitFor(walk, child)))
  walk.state.setOutputs(run, {
    executionId: input.executionId,
    state: result.state,
    ...(Object.keys(result.outputs).length === 0 ? {} : { outputs: result.outputs }),
  })
  const state = toBoolean(properties.transmitFailed, true) ? transmitted(result.state) : 'SUCCESS'
  if (state === 'FAILED') walk.state.log(run, 'ERROR', `Subflow execution ${link} ends in FAILED state`)
  return state === 'FAILED' ? state : forgive(state, step)
}

/** What a page shows as a link. */
export function executionLink({ executionId, plan }: ExecuteFlowInput): string {
  const { namespace, id: flowId } = plan.flow
  return `[[link execution="${executionId}" flowId="${flowId}" namespace="${namespace}"]]`
}

/** Makes the execution of the flow that a task's rendered properties name. */
export function* createChild(walk: Walk, properties: JsonObject): Task<ExecuteFlowInput> {
  const { state } = walk
  const asked = quick.createSubflowExecution({
    parent: executionRef(state),
    executionId: newId(),
    namespace: toText(properties.namespace) || state.input.plan.flow.namespace,
    flowId: toText(properties.flowId),
    ...(properties.revision === undefined ? {} : { revision: Number(properties.revision) }),
    inputs: isJsonObject(properties.inputs) ? properties.inputs : {},
    labels: toLabels(properties.labels),
    parentLabels: state.labels,
    inheritLabels: toBoolean(properties.inheritLabels, false),
  })
  const result = yield* wait(asked)
  if ('failure' in result) throw new RenderFailure(result.failure)
  return result.input
}

/** Starts its workflow. */
export function start(input: ExecuteFlowInput): Promise<ChildWorkflowHandle<typeof executeFlow>> {
  return CancellationScope.nonCancellable(() =>
    startChild<typeof executeFlow>(executeFlowName, {
      workflowId: workflowIdOf(input.tenantId, input.executionId),
      taskQueue: flowQueue,
      args: [input],
      // Kill is told to the child as a signal, so that it ends its tasks in order.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      priority: { fairnessKey: input.tenantId },
    }),
  )
}

/** Resolves with its end; a kill of this execution is told to it. */
export async function waitFor(walk: Walk, child: ChildWorkflowHandle<typeof executeFlow>) {
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

function toLabels(labels: Json | undefined): { key: string; value: string }[] {
  if (isJsonObject(labels)) return Object.entries(labels).map(([key, value]) => ({ key, value: toText(value) }))
  if (!Array.isArray(labels)) return []
  return labels.filter(isJsonObject).map(({ key, value }) => ({ key: toText(key), value: toText(value) }))
}
