import type { StepOf } from '#language/plan'
import { renderDuration } from '../render'
import { leftMs } from '../retry'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import { atRestFor, recordBeside, type Walk } from '../walk'

export function* runSleep(walk: Walk, step: StepOf<'sleep'>, run: TaskRun): Task<TerminalState> {
  if (run.state === 'RUNNING') return yield* restOf(walk, run)
  walk.state.moveRun(run, 'RUNNING')
  const { text, ms } = yield* renderDuration(walk, run, step.duration)
  walk.state.log(run, 'INFO', `Waiting for ${text}`)
  run.dueMs = Date.now() + ms
  const timer = atRestFor(walk, run, () => walk.host.sleep(ms))
  recordBeside(walk)
  yield* timer
  return 'SUCCESS'
}

/** Begun in an earlier run of the workflow. */
function* restOf(walk: Walk, run: TaskRun): Task<TerminalState> {
  yield* atRestFor(walk, run, () => walk.host.sleep(leftMs(run)))
  return 'SUCCESS'
}
