import { sleep } from '@temporalio/workflow'
import type { StepOf } from '#language/plan'
import { renderDuration } from '../render'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import { atWork, recordBeside, type Walk } from '../walk'

export function* runSleep(walk: Walk, step: StepOf<'sleep'>, run: TaskRun): Task<TerminalState> {
  walk.state.moveRun(run, 'RUNNING')
  const { text, ms } = yield* renderDuration(walk, run, step.duration)
  walk.state.log(run, 'INFO', `Waiting for ${text}`)
  const timer = atWork(walk, run, () => sleep(ms))
  recordBeside(walk)
  yield* timer
  return 'SUCCESS'
}
