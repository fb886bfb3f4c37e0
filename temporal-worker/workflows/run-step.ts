import type { FlowableStep, LeafStep, Step, StepKind } from '#language/plan'
import { Abandoned } from './control'
import { startErrors } from './errors-before-retry'
import { failureMessage, isCancellation } from './failure-message'
import { renderTruth } from './render'
import { goOnToRetry, newExecutionDelay, nextRetryDelay, waitForRetry } from './retry'
import { handlers } from './steps/index'
import { type Task, takeTurns } from './task'
import { forgive, isTerminal, type Place, type TaskRun, type TerminalState } from './task-run'
import { recordBeside, type Walk } from './walk'

/** Runs one step to its end: a leaf with its retries, or a flowable with all that it holds. */
export function* runStep(walk: Walk, step: Step, place: Place): Task<TerminalState> {
  const ended = walk.state.ended.find(place.parent, step.id, place.iteration)
  if (ended !== undefined) return ended
  const open = walk.state.takeUp(step, place)
  if (open !== undefined) return yield* goOn(walk, step, open)
  if (walk.control.isPaused) recordBeside(walk)
  yield* walk.control.admit(place.parent)
  yield* walk.boundary.pass()
  if (walk.control.isAbandoned(place.parent)) throw new Abandoned()
  walk.scheduler.spend(stepCost)
  const reused = walk.resumed?.reuse(walk.state, step, place)
  if (reused !== undefined && isTerminal(reused.state)) return reused.state
  const run = reused ?? walk.state.createRun(step, place)
  yield* takeTurns()
  const skipped = yield* checkRunIf(walk, run)
  if (skipped !== undefined) return skipped
  return yield* isLeaf(step) ? runLeaf(walk, step, run) : runFlowable(walk, step, run)
}

/** Takes up a run where an earlier run of the workflow left it. */
function* goOn(walk: Walk, step: Step, run: TaskRun): Task<TerminalState> {
  if (walk.control.isAbandoned(run.parent)) throw new Abandoned()
  if (!isLeaf(step)) return yield* runHeld(walk, step, run)
  if (run.state === 'RETRYING' && !(yield* goOnToRetry(walk, run))) throw new Abandoned()
  return yield* runLeaf(walk, step, run)
}

/** What running a step costs beside its expressions, in steps of the evaluator. */
const stepCost = 1000

/** The state of a run that `runIf` keeps from running, if it does. */
function* checkRunIf(walk: Walk, run: TaskRun): Task<TerminalState | undefined> {
  const { runIf } = run.step
  if (runIf === undefined) return undefined
  try {
    if (yield* renderTruth(walk, run, runIf)) return undefined
    return end(walk, run, 'SKIPPED')
  } catch (error) {
    return fail(walk, run, error)
  }
}

function runFlowable(walk: Walk, step: FlowableStep, run: TaskRun): Task<TerminalState> {
  walk.state.moveRun(run, 'RUNNING')
  return runHeld(walk, step, run)
}

function* runHeld(walk: Walk, step: FlowableStep, run: TaskRun): Task<TerminalState> {
  try {
    return end(walk, run, forgive(yield* handle(walk, step, run), step))
  } catch (error) {
    return fail(walk, run, error)
  }
}

/** Tries a leaf until it succeeds or its policy gives up. */
function* runLeaf(walk: Walk, step: LeafStep, run: TaskRun): Task<TerminalState> {
  for (;;) {
    const state = yield* attempt(walk, step, run)
    const isRetried = run.attempts.length > 1
    if (state === 'SUCCESS' && isRetried && step.retry?.warningOnRetry) {
      return end(walk, run, forgive('WARNING', step), state)
    }
    if (state !== 'FAILED' || walk.control.isAbandoned(run.parent)) return end(walk, run, state)
    const restartMs = newExecutionDelay(step.retry, walk.state.input, Date.now())
    if (restartMs !== undefined) walk.control.end({ state: 'RETRIED', delayMs: restartMs })
    if (restartMs !== undefined) throw new Abandoned()
    const delayMs = nextRetryDelay(step.retry, run, Date.now())
    if (delayMs === undefined || step.retry === undefined) return end(walk, run, forgive('FAILED', step), state)
    const endErrors = startErrors(walk, step.retry, run)
    if (!(yield* waitForRetry(walk, run, delayMs))) throw new Abandoned()
    yield* endErrors()
  }
}

/** The handler leaves a run that ended by itself (an activity's) in its end state, any other RUNNING. */
function* attempt(walk: Walk, step: LeafStep, run: TaskRun): Task<TerminalState> {
  try {
    return yield* handle(walk, step, run)
  } catch (error) {
    if (isAbandonment(error)) throw new Abandoned()
    if (run.state === 'CREATED' && step.kind !== 'pure') walk.state.moveRun(run, 'RUNNING')
    walk.state.log(run, 'ERROR', failureMessage(error))
    return 'FAILED'
  }
}

function handle(walk: Walk, step: Step, run: TaskRun): Task<TerminalState> {
  const handler = handlers[step.kind] as (walk: Walk, step: Step, run: TaskRun) => Task<TerminalState>
  return handler(walk, step, run)
}

/** Gives a run its end state, unless its holder ended before and gave it one; children still open get it, too. */
function end(walk: Walk, run: TaskRun, state: TerminalState, attemptState = state): TerminalState {
  if (isTerminal(run.state) && run.state === state) return state
  if (isTerminal(run.state)) replaceEnd(walk, run, state)
  else walk.state.endRun(run, state, attemptState)
  walk.state.closeBelow(run, state, child => walk.active.has(child))
  return state
}

/** An activity has recorded FAILED before it was known that no retry is left and that failure is allowed. */
function replaceEnd(walk: Walk, run: TaskRun, state: TerminalState): void {
  if (walk.control.isAbandoned(run.parent)) return
  walk.state.replaceEnd(run, state)
}

function fail(walk: Walk, run: TaskRun, error: unknown): TerminalState {
  if (isAbandonment(error)) throw new Abandoned()
  walk.state.log(run, 'ERROR', failureMessage(error))
  return end(walk, run, forgive('FAILED', run.step))
}

/** What kill cancels has no holder to report to any more. */
function isAbandonment(error: unknown): boolean {
  return error instanceof Abandoned || isCancellation(error)
}

const leafKinds: ReadonlySet<StepKind> = new Set<LeafStep['kind']>([
  'activity',
  'pure',
  'sleep',
  'subflow',
  'forEachItem',
])

function isLeaf(step: Step): step is LeafStep {
  return leafKinds.has(step.kind)
}
