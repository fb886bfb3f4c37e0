import { type ContinueFrom, killSignal, type ResumeFrom } from '../../contract'
import type { Continued } from '../control'
import { reloadResumed } from '../resumed'
import { openExecutions } from '../steps/batches'
import type { TaskRun } from '../task-run'
import { record, type Walk } from '../walk'
import { restoreSnapshot } from './snapshot'
import { loadText } from './travel'

/** What the next run of the workflow is told; read in the turn in which it is started. */
export function continueFrom(walk: Walk, { snapshot }: Continued, listeners: ReadonlySet<string>): ResumeFrom {
  const { executionId, resumeFrom } = walk.state.input
  return {
    executionId,
    mode: 'continue',
    generation: (resumeFrom?.generation ?? 0) + 1,
    snapshot,
    isPaused: walk.control.isPaused,
    waiting: walk.paused.map(({ run }) => run.id),
    listeners: [...listeners],
  }
}

/** Puts the walk where the run of the workflow before this one stopped. What arrives meanwhile is kept. */
export async function takeUp(walk: Walk, from: ContinueFrom): Promise<void> {
  for (const id of from.waiting) walk.awaited.add(id)
  if (from.isPaused) walk.control.pause()
  walk.isTakingUp = true
  const left = restoreSnapshot(walk, await loadText(walk, walk.state.input.tenantId, from.snapshot))
  if (left !== undefined) walk.resumed = await reloadResumed(walk, left)
  walk.isTakingUp = false
  if (!walk.control.isPaused || walk.state.current === 'PAUSED') return
  walk.state.move('PAUSED')
  void record(walk)
}

/** Kills the executions that an earlier run of the workflow started and the walk has not come to yet. */
export async function killLeft(walk: Walk): Promise<void> {
  const { history } = walk.host
  if (history === undefined) return
  const { tenantId } = walk.state.input
  const ids = [...walk.state.takenUp].filter(run => !walk.active.has(run)).flatMap(childrenOf)
  await Promise.all(ids.map(executionId => history.findChild({ tenantId, executionId }).signal(killSignal)))
}

function childrenOf(run: TaskRun): string[] {
  const { step, outputs, state } = run
  if (step.kind === 'forEachItem') return openExecutions(run)
  if (step.kind !== 'subflow' || state !== 'RUNNING') return []
  return typeof outputs?.executionId === 'string' ? [outputs.executionId] : []
}
