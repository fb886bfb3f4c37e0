import type { StepOf } from '#language/plan'
import { Abandoned } from '../control'
import { renderDuration, renderNumber, renderTruth } from '../render'
import { leftMs } from '../retry'
import { runBranches, runInOrder } from '../run-branches'
import { atRest, type Task } from '../task'
import { stopsSiblings, type TaskRun, type TerminalState } from '../task-run'
import { recordBeside, type Walk } from '../walk'

/** Runs its tasks again and again until the condition holds; only the last round's task runs are kept. */
export function* runLoopUntil(walk: Walk, step: StepOf<'loopUntil'>, run: TaskRun): Task<TerminalState> {
  const limits = yield* renderLimits(walk, step, run)
  return yield* runBranches(walk, step, run, () => runRounds(walk, step, run, limits))
}

type Limits = { intervalMs: number; maxIterations: number; deadlineMs: number; failOnMaxReached: boolean }

function* renderLimits(walk: Walk, step: StepOf<'loopUntil'>, run: TaskRun): Task<Limits> {
  const started = step.countsOn ? run.histories.findLast(({ state }) => isBeginning(state)) : run.histories[0]
  const startMs = Date.parse(started!.date)
  const forever = Number.POSITIVE_INFINITY
  const { maxIterations, maxDuration } = step
  return {
    intervalMs: (yield* renderDuration(walk, run, step.interval)).ms,
    maxIterations: maxIterations === undefined ? forever : yield* renderNumber(walk, run, maxIterations),
    deadlineMs: maxDuration === undefined ? forever : startMs + (yield* renderDuration(walk, run, maxDuration)).ms,
    failOnMaxReached: yield* renderTruth(walk, run, step.failOnMaxReached),
  }
}

/** A restarted one has all its time again. */
function isBeginning(state: string): boolean {
  return state === 'CREATED' || state === 'RESTARTED'
}

function* runRounds(walk: Walk, step: StepOf<'loopUntil'>, run: TaskRun, limits: Limits): Task<TerminalState[]> {
  // In another loop its rounds are counted on from that loop's iteration.
  const base = step.countsOn ? (run.placedAt ?? 0) : 0
  for (let round = yield* firstRound(walk, run); ; round++) {
    if (round > 0) run.iteration = base + round
    walk.state.setOutputs(run, { iterationCount: round + 1 })
    const states = yield* runInOrder(walk, step.steps, { parent: run, iteration: base + round })
    if (states.some(stopsSiblings) || (yield* renderTruth(walk, run, step.condition))) return states
    const reached = reachedLimit(limits, round + 1)
    if (reached !== undefined) {
      walk.state.log(run, 'WARN', reached)
      return limits.failOnMaxReached ? [...states, 'FAILED'] : states
    }
    yield* restBetweenRounds(walk, run, limits.intervalMs)
    clearRound(walk, run)
  }
}

/** 0, or where an earlier run of the workflow came to: in the midst of a round, or at rest after one. */
function* firstRound(walk: Walk, run: TaskRun): Task<number> {
  const count = walk.state.takenUp.has(run) ? Number(run.outputs?.iterationCount ?? 0) : 0
  if (count === 0) return 0
  if (run.state !== 'PAUSED') return count - 1
  yield* waitForRound(walk, run, leftMs(run))
  clearRound(walk, run)
  return count
}

/** Takes what a round did out of the execution. */
function clearRound(walk: Walk, run: TaskRun): void {
  for (const child of walk.state.childrenOf(run)) walk.state.removeRun(child)
  walk.state.removeLetGo(run)
}

/** A round that would begin after the deadline is one too many. */
function reachedLimit(limits: Limits, rounds: number): string | undefined {
  if (rounds >= limits.maxIterations) return 'Max iterations reached'
  return Date.now() + limits.intervalMs >= limits.deadlineMs ? 'Max duration reached' : undefined
}

function* restBetweenRounds(walk: Walk, run: TaskRun, intervalMs: number): Task<void> {
  walk.state.moveRun(run, 'PAUSED')
  walk.state.move('PAUSED')
  run.dueMs = Date.now() + intervalMs
  yield* waitForRound(walk, run, intervalMs)
}

function* waitForRound(walk: Walk, run: TaskRun, ms: number): Task<void> {
  const timer = walk.scope.run(() => walk.host.sleep(ms))
  recordBeside(walk)
  yield* atRest(timer)
  if (walk.control.isAbandoned(run)) throw new Abandoned()
  walk.state.moveRun(run, 'RUNNING')
  if (walk.paused.length === 0) walk.state.move('RUNNING')
}
