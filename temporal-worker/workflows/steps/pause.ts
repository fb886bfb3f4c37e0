import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { Abandoned } from '../control'
import { now } from '../execution-state'
import { RenderFailure, render, renderDuration } from '../render'
import { leftMs } from '../retry'
import { runBranches } from '../run-branches'
import { atRest, done, type Task } from '../task'
import { isTerminal, type TaskRun, type TerminalState } from '../task-run'
import { type PausedRun, recordBeside, type Walk } from '../walk'

type Resumption = { inputs: Json; by?: string }

/** Waits until someone resumes, or until its time is over. */
export function* runPause(walk: Walk, step: StepOf<'pause'>, run: TaskRun): Task<TerminalState> {
  const resumedTo = walk.state.takenUp.has(run) ? stateOf(run) : undefined
  if (resumedTo !== undefined) return yield* runHeldTasks(walk, step, run, resumedTo)
  if (step.onPause !== undefined) yield* walk.runStep(step.onPause, { parent: run })
  const expiry = yield* renderExpiry(walk, step, run)
  const resumption = yield* waitForResume(walk, run, expiry?.ms)
  const state = resumption === undefined ? expiry!.state : 'SUCCESS'
  walk.state.setOutputs(run, describe(step, state, resumption))
  if (state === 'CANCELLED') {
    walk.state.moveRun(run, state)
    walk.control.end({ state })
    throw new Abandoned()
  }
  if (step.steps.length > 0) walk.state.moveRun(run, 'RUNNING')
  return yield* runHeldTasks(walk, step, run, state)
}

function runHeldTasks(walk: Walk, step: StepOf<'pause'>, run: TaskRun, state: TerminalState): Task<TerminalState> {
  const nothing = () => done([state])
  return runBranches(walk, step, run, state === 'FAILED' || step.steps.length === 0 ? nothing : undefined)
}

/** How a pause ended that was over before this run of the workflow began. */
function stateOf({ outputs }: TaskRun): TerminalState | undefined {
  const resumed = isJsonObject(outputs?.resumed) ? outputs.resumed.to : undefined
  return typeof resumed === 'string' && isTerminal(resumed) ? resumed : undefined
}

const statesByBehavior: Readonly<Record<string, 'SUCCESS' | 'WARNING' | 'FAILED' | 'CANCELLED'>> = {
  RESUME: 'SUCCESS',
  WARN: 'WARNING',
  FAIL: 'FAILED',
  CANCEL: 'CANCELLED',
}

type Expiry = { ms: number; state: 'SUCCESS' | 'WARNING' | 'FAILED' | 'CANCELLED' }

/** When the pause ends by itself, and how; the task's timeout is a failure. */
function* renderExpiry(walk: Walk, step: StepOf<'pause'>, run: TaskRun): Task<Expiry | undefined> {
  if (step.pauseDuration !== undefined) {
    const behavior = String(yield* render(walk, run, step.behavior)).toUpperCase()
    const state = Object.hasOwn(statesByBehavior, behavior) ? statesByBehavior[behavior] : undefined
    if (state === undefined)
      throw new RenderFailure(`${behavior} is no behavior of a Pause: RESUME, WARN, FAIL, CANCEL`)
    return { ms: (yield* renderDuration(walk, run, step.pauseDuration)).ms, state }
  }
  if (step.timeout === undefined) return undefined
  return { ms: (yield* renderDuration(walk, run, step.timeout)).ms, state: 'FAILED' }
}

/** Undefined where the time was over first. */
function* waitForResume(walk: Walk, run: TaskRun, expiryMs: number | undefined): Task<Resumption | undefined> {
  let resumption: Resumption | undefined
  const waiting: PausedRun = {
    run,
    resume: given => {
      resumption = given
    },
  }
  walk.paused.push(waiting)
  const isTakenUp = run.state === 'PAUSED'
  const waitMs = isTakenUp && expiryMs !== undefined ? leftMs(run) : expiryMs
  if (!isTakenUp) beginPause(walk, run, expiryMs)
  walk.awaited.delete(run.id)
  const isOver = () => resumption !== undefined || walk.control.isAbandoned(run)
  yield* atRest(walk.host.condition(isOver, waitMs))
  walk.paused.splice(walk.paused.indexOf(waiting), 1)
  if (walk.control.isAbandoned(run)) throw new Abandoned()
  if (walk.paused.length === 0) walk.state.move('RESTARTED', 'RUNNING')
  return resumption
}

function beginPause(walk: Walk, run: TaskRun, expiryMs: number | undefined): void {
  if (expiryMs !== undefined) run.dueMs = Date.now() + expiryMs
  walk.state.moveRun(run, 'PAUSED')
  walk.state.move('PAUSED')
  recordBeside(walk)
}

function describe(step: StepOf<'pause'>, state: string, resumption: Resumption | undefined): JsonObject {
  const resumed: JsonObject = { on: now(), to: state }
  if (resumption?.by !== undefined) resumed.by = resumption.by
  if (resumption === undefined || step.onResume === undefined) return { resumed }
  return { onResume: resumption.inputs, resumed }
}
