import { Script } from 'node:vm'
import { TypedSearchAttributes } from '@temporalio/common'
import type { coresdk, temporal } from '@temporalio/proto'
import type { Workflow } from '@temporalio/worker/lib/workflow/interface'
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm'
import Long from 'long'
import { bundleWorkflows } from '#worker/build-bundle'
import { executeFlowName, flowQueue } from '#worker/contract'

export type Activation = coresdk.workflow_activation.IWorkflowActivation
export type Command = coresdk.workflow_commands.IWorkflowCommand

/** The SDK's sandbox around our bundle, as a worker has it, without a worker: activations in, commands out. */
export type Sandbox = { open(runId: string, startMs: number): Promise<Workflow> }

export async function createSandbox(activityNames: string[]): Promise<Sandbox> {
  const { code } = await bundleWorkflows()
  const filename = 'workflows.js'
  const sourceMap = { version: 3, file: filename, sources: [], names: [], mappings: '' } as never
  const script = new Script(code, { filename })
  const bundle = { code, filename, sourceMap }
  const creator = new ReusableVMWorkflowCreator(script, bundle, 20_000, new Set(activityNames))
  return {
    open: (runId, startMs) =>
      creator.createWorkflow({
        info: infoOf(runId, startMs),
        randomnessSeed: seedOf(runId).toBytes(),
        now: startMs,
        showStackTraceSources: false,
      }),
  }
}

/** The same for each worker that goes on with an execution, so that ids made by the first are made by the next. */
function seedOf(runId: string): Long {
  let seed = 7
  for (const char of runId) seed = (seed * 31 + char.charCodeAt(0)) | 0
  return Long.fromNumber(Math.abs(seed), true)
}

/** The first job of an execution. */
export function initialize(runId: string, startMs: number, args: temporal.api.common.v1.IPayload[]) {
  return {
    initializeWorkflow: {
      workflowType: executeFlowName,
      workflowId: runId,
      arguments: args,
      randomnessSeed: seedOf(runId),
      attempt: 1,
      firstExecutionRunId: runId,
      startTime: toTimestamp(startMs),
      workflowTaskTimeout: { seconds: Long.fromNumber(10), nanos: 0 },
    },
  }
}

export function toTimestamp(ms: number) {
  return { seconds: Long.fromNumber(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 }
}

function infoOf(runId: string, startMs: number) {
  return {
    workflowId: runId,
    runId,
    workflowType: executeFlowName,
    searchAttributes: {},
    typedSearchAttributes: new TypedSearchAttributes(),
    taskQueue: flowQueue,
    namespace: 'property',
    firstExecutionRunId: runId,
    startTime: new Date(startMs),
    runStartTime: new Date(startMs),
    taskTimeoutMs: 10_000,
    attempt: 1,
    historyLength: 3,
    historySize: 300,
    continueAsNewSuggested: false,
    unsafe: { now: () => startMs, isReplaying: false, isReplayingHistoryEvents: false },
  } as never
}
