import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow'
import {
  type ExecuteFlowInput,
  type ExecuteFlowResult,
  killSignal,
  type LeaveQueue,
  leaveQueueSignal,
  pauseSignal,
  type Refused,
  type ResumeRequest,
  resumeUpdate,
} from '../contract'
import { createHistory, listenForListeners } from './continue/history'
import { continueFrom, takeUp } from './continue/take-up'
import { refuse } from './refuse'
import { resumePaused } from './resume-paused'
import { loadResumed, recallQueued } from './resumed'
import { startRetry } from './start-retry'
import { temporalHost } from './temporal-host'
import { type Queue, waitForPlace } from './wait-for-place'
import { record, type Walk } from './walk'
import { createWalk, walkPlan } from './walk-plan'

const kill = defineSignal(killSignal)
const pause = defineSignal(pauseSignal)
const leaveQueue = defineSignal<[LeaveQueue]>(leaveQueueSignal)
const resume = defineUpdate<void, [ResumeRequest]>(resumeUpdate)

/** Walks a plan: the one workflow behind every execution. */
export async function executeFlow(input: ExecuteFlowInput): Promise<ExecuteFlowResult> {
  const walk = createWalk(input, { ...temporalHost, history: createHistory() })
  const listeners = new Set(input.resumeFrom?.mode === 'continue' ? input.resumeFrom.listeners : [])
  const tellListeners = listenForListeners(listeners)
  const queue: Queue = {}
  listen(walk, queue)
  if (input.isQueued && input.resumeFrom?.mode !== 'continue') {
    const refused = await waitForPlace(walk, queue)
    if (refused !== undefined) {
      const result = await refuseAtOnce(walk, refused)
      await tellListeners({ executionId: input.executionId, ...result })
      return result
    }
  }
  await begin(walk)
  const verdict = await walkPlan(walk)
  if (verdict.state === 'CONTINUED') {
    return continueAsNew<typeof executeFlow>({ ...input, resumeFrom: continueFrom(walk, verdict, listeners) })
  }
  if (verdict.state === 'RETRIED') await startRetry(walk, verdict.delayMs)
  // Whoever resumes is answered before the workflow is gone.
  await condition(allHandlersFinished)
  const result = { state: walk.state.current, outputs: walk.state.flowOutputs ?? {} }
  await tellListeners({ executionId: input.executionId, ...result })
  return result
}

async function begin(walk: Walk): Promise<void> {
  const { resumeFrom } = walk.state.input
  if (resumeFrom?.mode === 'continue') return takeUp(walk, resumeFrom)
  walk.resumed = await loadResumed(walk)
  walk.state.move(...(resumeFrom === undefined ? ['RUNNING'] : []))
}

async function refuseAtOnce(walk: Walk, refused: Refused): Promise<ExecuteFlowResult> {
  await recallQueued(walk)
  refuse(walk.state, refused)
  await record(walk)
  return { state: walk.state.current, outputs: {} }
}

function listen(walk: Walk, queue: Queue): void {
  setHandler(leaveQueue, left => {
    queue.left = left
  })
  setHandler(kill, () => walk.control.end({ state: 'KILLED' }))
  setHandler(pause, () => {
    walk.control.pause()
    // Else once the walk stands where the one before it stood.
    if (walk.isTakingUp) return
    walk.state.move('PAUSED')
    void record(walk)
  })
  setHandler(resume, (request: ResumeRequest) => resumePaused(walk, request), {
    validator: (_request: ResumeRequest) => {
      const isPaused = walk.paused.length > 0 || walk.awaited.size > 0 || walk.control.isPaused
      if (!isPaused) throw new Error('The execution is not paused')
    },
  })
}
