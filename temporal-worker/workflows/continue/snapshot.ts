import type { JsonObject } from '#language/json'
import type { Plan, Step } from '#language/plan'
import type { ExecutionState, Label, StateMarks } from '../execution-state'
import { heldSteps } from '../held-steps'
import type { ResumedLeft } from '../resumed'
import { isTerminal, type StateChange, type TaskRun } from '../task-run'
import type { Walk } from '../walk'
import { EndedRuns, type EndedRunsJson } from './ended-runs'

/** All that a walk knows, for the next run of its workflow. */
type Snapshot = {
  histories: StateChange[]
  version: number
  labels: Label[]
  variables: JsonObject
  error: string | null
  marks: StateMarks
  outputs: JsonObject
  taskStates: JsonObject
  ended: EndedRunsJson
  /** Holders before what they hold. */
  open: OpenRun[]
  /** Of a restart or replay. */
  resumed?: ResumedLeft
}

type OpenRun = Omit<TaskRun, 'step' | 'parent'> & { taskId: string; parentId: string | null }

/** What the walk knows now, as text: equal where nothing has changed. */
export function takeSnapshot(walk: Walk): string {
  const { state } = walk
  const ended = new EndedRuns()
  ended.add(state.ended.toJSON())
  const open: OpenRun[] = []
  collect(state, undefined, ended, open)
  const snapshot: Snapshot = {
    histories: state.histories,
    version: state.version,
    labels: state.labels,
    variables: state.variables,
    error: state.error,
    marks: state.marks,
    outputs: state.outputs,
    taskStates: state.taskStates,
    ended: ended.toJSON(),
    open,
    ...leftOf(walk),
  }
  return JSON.stringify(snapshot)
}

function leftOf({ resumed }: Walk): Pick<Snapshot, 'resumed'> {
  const left = resumed?.left ?? []
  return resumed === undefined || left.length === 0 ? {} : { resumed: { ...resumed.source, left } }
}

/** `round`: of the LoopUntil around, whose next round takes out of the record what this one did. */
function collect(
  state: ExecutionState,
  holder: TaskRun | undefined,
  ended: EndedRuns,
  open: OpenRun[],
  round?: OpenRun,
): void {
  for (const run of state.childrenOf(holder)) {
    if (isTerminal(run.state)) {
      ended.note(holder, run.step.id, run.placedAt, run.state)
      round?.letGo?.push(...state.idsFrom(run))
      continue
    }
    const { step, parent, ...rest } = run
    const left: OpenRun = { ...rest, taskId: step.id, parentId: parent?.id ?? null }
    const isRound = step.kind === 'loopUntil'
    if (isRound) left.letGo = [...(run.letGo ?? [])]
    open.push(left)
    collect(state, run, ended, open, isRound ? left : round)
  }
}

/** What an ended holder has left behind, and which only waits, ends with it: nobody would take it up again. */
export function endLeftBehind(state: ExecutionState, holder?: TaskRun): void {
  for (const run of state.childrenOf(holder)) {
    if (isTerminal(run.state)) state.closeBelow(run, run.state, () => false)
    else endLeftBehind(state, run)
  }
}

/** Puts a walk where another one stood; what that one had still to resume is left to be loaded. */
export function restoreSnapshot(walk: Walk, text: string): ResumedLeft | undefined {
  const { state } = walk
  const snapshot = JSON.parse(text) as Snapshot
  state.histories = snapshot.histories
  state.version = snapshot.version
  state.labels = snapshot.labels
  state.variables = snapshot.variables
  state.error = snapshot.error
  state.ended.add(snapshot.ended)
  const steps = stepsById(state.input.plan)
  const runs = new Map<string, TaskRun>()
  for (const { taskId, parentId, ...rest } of snapshot.open) {
    const step = steps.get(taskId)
    if (step === undefined) throw new Error(`The plan has no task ${taskId}`)
    const run: TaskRun = { ...rest, step, parent: parentId === null ? undefined : runs.get(parentId) }
    runs.set(run.id, run)
    state.leaveOpen(run)
  }
  Object.assign(state.outputs, snapshot.outputs)
  Object.assign(state.taskStates, snapshot.taskStates)
  state.restoreMarks(snapshot.marks)
  return snapshot.resumed
}

/** Every step of a plan by its id, which is unique in it. */
function stepsById(plan: Plan): Map<string, Step> {
  const steps = new Map<string, Step>()
  const add = (step: Step): void => {
    steps.set(step.id, step)
    for (const held of heldSteps(step)) add(held)
  }
  for (const step of [...plan.steps, ...(plan.errors ?? []), ...(plan.finally ?? []), ...(plan.afterExecution ?? [])]) {
    add(step)
  }
  return steps
}
