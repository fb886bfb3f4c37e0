import type { ExecuteFlowInput } from '../contract'
import { Boundary, continueLimits } from './continue/boundary'
import { killLeft } from './continue/take-up'
import { Abandoned, type Continued, Control, type Verdict } from './control'
import { ExecutionState } from './execution-state'
import { failureMessage, isCancellation } from './failure-message'
import { renderFlowOutputs } from './flow-outputs'
import type { Host } from './host'
import { holdAll } from './listener-conditions'
import { nothingOutside } from './outside'
import { recordLulls } from './record-lulls'
import { runBranches, runToEnd } from './run-branches'
import { runStep } from './run-step'
import { watchAssertions, watchDurations } from './sla'
import { Scheduler } from './task'
import { isTerminal, type TerminalState, worstState } from './task-run'
import { record, type Walk } from './walk'

export function createWalk(input: ExecuteFlowInput, host: Host): Walk {
  const walk: Walk = {
    host,
    state: new ExecutionState(input, host.uuid4),
    control: new Control(host.condition),
    scheduler: new Scheduler(() => host.rest(walk.state), host.limits.stepsPerTurn),
    scope: host.newScope(),
    activities: host.tasksOf(input.tenantId),
    active: new Set(),
    paused: [],
    resumed: undefined,
    outside: nothingOutside(),
    recording: { count: 0 },
    awaited: new Set(),
    isTakingUp: false,
    boundary: undefined as never,
    runStep: (step, place) => runStep(walk, step, place),
  }
  walk.boundary = new Boundary(walk, { ...continueLimits, ...input.continueLimits })
  watchAssertions(walk)
  return walk
}

/** Walks a plan to its end, wherever that is, or to where its history is full: all but what begins and follows it. */
export async function walkPlan(walk: Walk): Promise<Verdict | Continued> {
  const watch = watchDurations(walk)
  const endLulls = recordLulls(walk)
  const verdict = await Promise.race([walkFlow(walk), walk.control.verdict, continued(walk)])
  walk.boundary.end()
  endLulls()
  if (verdict.state === 'CONTINUED') return verdict
  walk.control.close()
  watch.cancel()
  await settle(walk, verdict)
  await runAfterExecution(walk)
  await record(walk)
  await finishActive(walk)
  return verdict
}

async function continued(walk: Walk): Promise<Continued> {
  return { state: 'CONTINUED', snapshot: await walk.boundary.reached }
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
async function settle(walk: Walk, verdict: Verdict): Promise<void> {
  const { state } = verdict
  if ('interrupts' in verdict) return interrupt(walk, verdict.state)
  if (state === 'KILLED') {
    walk.state.move('KILLING')
    walk.scope.cancel()
    await killLeft(walk)
    await record(walk)
    await finishActive(walk)
  }
  walk.state.endAll(state, run => walk.active.has(run))
  if (walk.state.input.plan.outputs.length === 0 || state === 'RETRIED') return walk.state.move(state)
  const rendered = await walk.scheduler.run(renderFlowOutputs(walk))
  walk.state.move(rendered === 'FAILED' ? worstState([state as TerminalState, 'FAILED']) : state)
}

/** Stops what runs, which shows as KILLED; the execution itself, and what only waited, take the state. */
async function interrupt(walk: Walk, state: Exclude<Verdict['state'], 'RETRIED'>): Promise<void> {
  const hadWork = walk.active.size > 0
  walk.scope.cancel()
  await killLeft(walk)
  await finishActive(walk)
  walk.state.endAll(hadWork ? 'KILLED' : state)
  walk.state.move(state)
}

/** What runs once the state is final; it changes nothing about it. */
async function runAfterExecution(walk: Walk): Promise<void> {
  const steps = walk.state.input.plan.afterExecution
  if (steps === undefined) return
  const wanted = steps.filter(({ conditions }) => conditions === undefined || holdAll(walk.state, conditions))
  await record(walk)
  const after: Walk = { ...walk, control: new Control(walk.host.condition), scope: walk.host.newScope() }
  after.runStep = (step, place) => runStep(after, step, place)
  try {
    await walk.scheduler.run(runToEnd(after, wanted, {}))
  } catch (error) {
    // An Exit among them, or a Pause that cancels, ends them; the state is final already.
    if (!(error instanceof Abandoned)) throw error
  }
}

/** Runs at work whose holder has ended go on; the workflow stays until they have. */
async function finishActive(walk: Walk): Promise<void> {
  await walk.host.condition(() => walk.active.size === 0 && walk.scheduler.isIdle)
  if (isTerminal(walk.state.current)) walk.state.endAll(walk.state.current)
  await record(walk)
}
