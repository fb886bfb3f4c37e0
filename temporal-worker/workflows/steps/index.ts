import type { StepKind, StepOf } from '#language/plan'
import type { Task } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import type { Walk } from '../walk'
import { runActivity } from './activity'
import { runAllowFailure } from './allow-failure'
import { runDag } from './dag'
import { runForEach } from './for-each'
import { runForEachItem } from './for-each-item'
import { runIf } from './if'
import { runLoop } from './loop'
import { runLoopUntil } from './loop-until'
import { runParallel } from './parallel'
import { runPause } from './pause'
import { runPure } from './pure'
import { runSequential } from './sequential'
import { runSleep } from './sleep'
import { runSubflow } from './subflow'
import { runSwitch } from './switch'
import { runWorkingDirectory } from './working-directory'

/** Runs one kind of step; the run is moved to its end state by the caller. Rejects where the task fails by itself. */
export type Handler<Kind extends StepKind> = (walk: Walk, step: StepOf<Kind>, run: TaskRun) => Task<TerminalState>

export const handlers = {
  activity: runActivity,
  pure: runPure,
  sleep: runSleep,
  subflow: runSubflow,
  forEachItem: runForEachItem,
  sequential: runSequential,
  allowFailure: runAllowFailure,
  parallel: runParallel,
  dag: runDag,
  if: runIf,
  switch: runSwitch,
  forEach: runForEach,
  loop: runLoop,
  loopUntil: runLoopUntil,
  pause: runPause,
  workingDirectory: runWorkingDirectory,
} satisfies { [Kind in StepKind]: Handler<Kind> }
