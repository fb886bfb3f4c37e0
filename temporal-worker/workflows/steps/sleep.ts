import { sleep } from '@temporalio/workflow'
import type { StepOf } from '#language/plan'
import { renderDuration } from '../render'
import type { TaskRun, TerminalState } from '../task-run'
import { atWork, recordBeside, type Walk } from '../walk'

export async function runSleep(walk: Walk, step: StepOf<'sleep'>, run: TaskRun): Promise<TerminalState> {
  walk.state.moveRun(run, 'RUNNING')
  const { text, ms } = await renderDuration(walk, run, step.duration)
  walk.state.log(run, 'INFO', `Waiting for ${text}`)
  const timer = atWork(walk, run, () => sleep(ms))
  recordBeside(walk)
  await timer
  return 'SUCCESS'
}
