import type { Step, StepOf } from '#language/plan'
import { Abandoned } from '../control'
import { renderNumber } from '../render'
import { runBranches } from '../run-branches'
import { atRest, type Task } from '../task'
import { stopsSiblings, type TaskRun, type TerminalState } from '../task-run'
import type { Walk } from '../walk'

export function* runDag(walk: Walk, step: StepOf<'dag'>, run: TaskRun): Task<TerminalState> {
  const limit = yield* renderNumber(walk, run, step.concurrent)
  return yield* runBranches(walk, step, run, () => runByDependencies(walk, step, run, limit))
}

/** Starts each task once all it depends on have ended, whatever their state; a failure stops new starts at once. */
function* runByDependencies(
  walk: Walk,
  { steps, dependsOn }: StepOf<'dag'>,
  parent: TaskRun,
  limit: number,
): Task<TerminalState[]> {
  const { ended, waiting } = endedBefore(walk, steps, parent)
  const isReady = (step: Step) => (dependsOn[step.id] ?? []).every(id => ended.has(id))
  let running = 0
  let hasStopped = [...ended.values()].some(stopsSiblings)
  return yield* atRest(
    new Promise<TerminalState[]>((resolve, reject) => {
      const onEnd = (step: Step, state: TerminalState): void => {
        running -= 1
        ended.set(step.id, state)
        hasStopped ||= stopsSiblings(state)
        startReady()
      }
      const onError = (error: unknown): void => {
        if (!(error instanceof Abandoned)) reject(error)
      }
      const startReady = (): void => {
        for (const step of waiting) {
          if (hasStopped || (limit > 0 && running >= limit)) break
          if (!isReady(step)) continue
          waiting.delete(step)
          running += 1
          walk.scheduler.start(walk.runStep(step, { parent }), state => onEnd(step, state), onError)
        }
        if (hasStopped || running === 0) resolve([...ended.values()])
      }
      startReady()
    }),
  )
}

/** What ended in an earlier run of the workflow, and what has still to run. */
function endedBefore(walk: Walk, steps: readonly Step[], parent: TaskRun) {
  const ended = new Map<string, TerminalState>()
  const waiting = new Set<Step>()
  for (const step of steps) {
    const state = walk.state.ended.find(parent, step.id, undefined)
    if (state === undefined) waiting.add(step)
    else ended.set(step.id, state)
  }
  return { ended, waiting }
}
