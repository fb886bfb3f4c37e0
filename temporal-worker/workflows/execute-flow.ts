import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  isCancellation,
  setHandler,
} from '@temporalio/workflow'
import {
  type ExecuteFlowInput,
  type ExecuteFlowResult,
  killSignal,
  pauseSignal,
  type ResumeRequest,
  resumeUpdate,
} from '../contract'
import { longActivities } from './activities'
import { Abandoned, Control, type Verdict } from './control'
import { ExecutionState } from './execution-state'
import { failureMessage } from './failure-message'
import { renderFlowOutputs } from './flow-outputs'
import { resumePaused } from './resume-paused'
import { loadResumed } from './resumed'
import { runBranches, runInOrder } from './run-branches'
import { runStep } from './run-step'
import { startRetry } from './start-retry'
import { Scheduler } from './task'
import { isTerminal, type TerminalState, worstState } from './task-run'
import { record, rest, type Walk } from './walk'

const kill = defineSignal(killSignal)
const pause = defineSignal(pauseSignal)
const resume = defineUpdate<void, [ResumeRequest]>(resumeUpdate)

/** Walks a plan: the one workflow behind every execution. */
export async function executeFlow(input: ExecuteFlowInput): Promise<ExecuteFlowResult> {
  const walk = createWalk(input)
  listen(walk)
  walk.resumed = await loadResumed(walk)
  walk.state.move(...(input.resumeFrom === undefined ? ['RUNNING'] : []))
  const verdict = await Promise.race([walkFlow(walk), walk.control.verdict])
  walk.control.close()
  await settle(walk, verdict)
  await runAfterExecution(walk)
  await record(walk)
  await finishActive(walk)
  if (verdict.state === 'RETRIED') await startRetry(walk, verdict.delayMs)
  // Whoever resumes is answered before the workflow is gone.
  await condition(allHandlersFinished)
  return { state: walk.state.current, outputs: walk.state.flowOutputs ?? {} }
}

function createWalk(input: ExecuteFlowInput): Walk {
  const walk: Walk = {
    state: new ExecutionState(input),
    control: new Control(),
    scheduler: new Scheduler(() => rest(walk)),
    scope: new CancellationScope(),
    activities: longActivities(input.tenantId),
    active: new Set(),
    paused: [],
    resumed: undefined,
    runStep: (step, place) => runStep(walk, step, place),
  }
  return walk
}

function listen(walk: Walk): void {
  setHandler(kill, () => walk.control.end({ state: 'KILLED' }))
  setHandler(pause, () => {
    walk.control.pause()
    walk.state.move('PAUSED')
    void record(walk)
  })
  setHandler(resume, (request: ResumeRequest) => resumePaused(walk, request), {
    validator: (_request: ResumeRequest) => {
      if (walk.paused.length === 0 && !walk.control.isPaused) throw new Error('The execution is not paused')
    },
  })
}

async function walkFlow(walk: Walk): Promise<Verdict> {
  try {
    const state = await walk.scheduler.run(runBranches(walk, walk.state.input.plan, undefined))
    return { state: state === 'SKIPPED' || state === 'RETRIED' ? 'SUCCESS' : state }
  } catch (error) {
    if (error instanceof Abandoned || isCancellation(error)) return walk.control.verdict
    walk.state.log(undefined, 'ERROR', failureMessage(error))
    return { state: 'FAILED' }
  }
}

/** Gives all that is open its end state, and the execution its own. */
async function settle(walk: Walk, { state }: Verdict): Promise<void> {
  if (state === 'KILLED') {
    walk.state.move('KILLING')
    walk.scope.cancel()
    await record(walk)
    await finishActive(walk)
  }
  walk.state.endAll(state, run => walk.active.has(run))
  if (walk.state.input.plan.outputs.length === 0 || state === 'RETRIED') return walk.state.move(state)
  const rendered = await walk.scheduler.run(renderFlowOutputs(walk))
  walk.state.move(rendered === 'FAILED' ? worstState([state as TerminalState, 'FAILED']) : state)
}

/** What runs once the state is final; it changes nothing about it. */
async function runAfterExecution(walk: Walk): Promise<void> {
  const steps = walk.state.input.plan.afterExecution
  if (steps === undefined) return
  await record(walk)
  const after: Walk = { ...walk, control: new Control(), scope: new CancellationScope() }
  after.runStep = (step, place) => runStep(after, step, place)
  await walk.scheduler.run(runInOrder(after, steps, {}))
}

/** Runs at work whose holder has ended go on; the workflow stays until they have. */
async function finishActive(walk: Walk): Promise<void> {
  await condition(() => walk.active.size === 0 && walk.scheduler.isIdle)
  if (isTerminal(walk.state.current)) walk.state.endAll(walk.state.current)
  await record(walk)
}
