import {
  allHandlersFinished,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import { type ChildEnd, childEndedSignal, type ExecuteFlowResult, tellEndSignal, workflowIdOf } from '../../contract'
import { quick } from '../activities'
import type { Child, History } from '../host'

type Ref = { tenantId: string; executionId: string }

const childEnded = defineSignal<[ChildEnd]>(childEndedSignal)
const tellEnd = defineSignal<[string]>(tellEndSignal)

/** The history of this run of a workflow. */
export function createHistory(): History {
  const ends = new Map<string, ExecuteFlowResult>()
  setHandler(childEnded, ({ executionId, ...result }) => {
    ends.set(executionId, result)
  })
  return {
    size() {
      const { historyLength, historySize } = workflowInfo()
      return { events: historyLength, bytes: historySize }
    },
    mayContinue: () => patched('continue-as-new'),
    isAnswered: allHandlersFinished,
    findChild: ref => findChild(ref, ends),
  }
}

/** How often the record is asked, should the signal of an end be lost. */
const askEvery = '10 minutes'

function findChild(ref: Ref, ends: ReadonlyMap<string, ExecuteFlowResult>): Child {
  const workflowId = workflowIdOf(ref.tenantId, ref.executionId)
  const handle = getExternalWorkflowHandle(workflowId)
  return {
    async result() {
      // Refused where it has ended: then the record knows.
      await handle.signal(tellEnd, workflowInfo().workflowId).catch(() => undefined)
      for (;;) {
        const end = ends.get(ref.executionId) ?? (await quick.readExecutionEnd(ref))
        if (end !== null) return end
        await condition(() => ends.has(ref.executionId), askEvery)
      }
    },
    signal: name => handle.signal(name).catch(() => undefined),
  }
}

/** Notes who wants to hear of the end; the returned function tells them. */
export function listenForListeners(listeners: Set<string>): (end: ChildEnd) => Promise<void> {
  setHandler(tellEnd, workflowId => {
    listeners.add(workflowId)
  })
  return async end => {
    // Another may come while these are told.
    for (const workflowId of listeners) {
      await getExternalWorkflowHandle(workflowId)
        .signal(childEnded, end)
        .catch(() => undefined)
    }
  }
}
