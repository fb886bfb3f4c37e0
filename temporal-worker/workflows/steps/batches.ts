import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { toBoolean } from '../../pure/pure-task'
import { Abandoned } from '../control'
import type { Child } from '../host'
import { RenderFailure, render } from '../render'
import { atRest, type Task, wait } from '../task'
import type { TaskRun, TerminalState } from '../task-run'
import { executionRef, recordBeside, type Walk } from '../walk'
import { type LineSource, openLines } from './line-source'
import { keepResult, type LoopResults, noResults } from './loop-results'
import { createChild, executionLink, findChild, linkTo, start, transmitted, waitFor } from './subflow'

export type Batches = { step: StepOf<'forEachItem'>; run: TaskRun; uris: LineSource; progress: Progress }

type Begun = { executionId: string; dueMs?: number }

/**
 * How far a ForEachItem has come, for the next run of the workflow, too. Batches begin in order: those before `next` have
 * ended, but for those that are open, or that a restart runs again and which it has not come to yet.
 */
export type Progress = {
  next: number
  again: number[]
  open: { [batch: string]: Begun }
  /** How many ended in which state; where nobody waits for them, they count as successful once they have begun. */
  states: { [state: string]: number }
  /** Those that a restart runs again. */
  failed: number[]
  results: LoopResults
  isAwaited: boolean
}

/** Its own, if it was taken up; that of the run before, if it is restarted. */
export function* progressOf(walk: Walk, run: TaskRun, count: number): Task<Progress> {
  run.progress ??= yield* firstProgress(walk, run, count)
  return run.progress as Progress
}

function* firstProgress(walk: Walk, run: TaskRun, count: number): Task<Progress> {
  const none: Progress = {
    next: 0,
    again: [],
    open: {},
    states: {},
    failed: [],
    results: noResults(),
    isAwaited: false,
  }
  const again = yield* readFailed(walk, run)
  if (again.length === 0) return none
  const { iterations } = run.outputs as { iterations: { [state: string]: number } }
  const { RUNNING: _running, CREATED: _created, FAILED: _failed, KILLED: _killed, ...states } = iterations
  const results = {
    ...noResults(),
    parts: [besideSplits(placeOfItems(walk, run).splits, run.id, resultsName(run.attempts.length - 1))],
  }
  return { ...none, next: count, again, states, results }
}

/** What the attempt before left to be run again; nothing where it did not come to its end. */
function* readFailed(walk: Walk, run: TaskRun): Task<number[]> {
  const isRestart = run.outputs?.iterations !== undefined && run.attempts.length > 1
  if (!isRestart || run.step.kind !== 'forEachItem') return []
  if (run.step.properties.restartBehavior === 'NEW_EXECUTION') return []
  try {
    const { splits } = placeOfItems(walk, run)
    const lines = yield* openLines(walk, run, besideSplits(splits, run.id, failedName(run.attempts.length - 1)))
    const failed: number[] = []
    for (let line = 0; line < lines.count; line++) failed.push(Number(yield* lines.at(line)))
    return failed
  } catch (error) {
    if (!(error instanceof RenderFailure)) throw error
    return []
  }
}

/** Writes down which batches failed, and what the others handed out by number; the name of the latter file. */
export function* keepFailed(walk: Walk, { run, progress }: Batches): Task<string | undefined> {
  if (progress.failed.length === 0 || isOld(walk)) return undefined
  const lines = progress.failed.toSorted((a, b) => a - b)
  const place = { execution: executionRef(walk.state), taskId: run.step.id, taskRunId: run.id }
  const fileName = failedName(run.attempts.length)
  yield* wait(walk.scope.run(() => walk.host.quick.storeLines({ ...place, fileName, lines })))
  return resultsName(run.attempts.length)
}

const failedName = (attempt: number) => `failed-${attempt}.txt`
const resultsName = (attempt: number) => `results-${attempt}.ion`

/** What the parts of a ForEachItem tell each other: where the batches are listed, and which run runs them. */
type ItemsPlace = { splits: string; itemsId: string; isEmpty: boolean }

/** Kept by their holder, which is open for as long as they are: a fresh history has no ended siblings. */
export function placeOfItems(walk: Walk, { parent }: TaskRun): ItemsPlace {
  const part = (name: string) =>
    walk.state.childrenOf(parent).find(({ step }) => step.kind === 'forEachItem' && step.part === name)
  const items = part('items')
  const known = parent?.progress as ItemsPlace | undefined
  const place = {
    splits: known?.splits ?? String(part('split')?.outputs?.splits),
    itemsId: known?.itemsId ?? items?.id ?? '',
    isEmpty: items === undefined ? (known?.isEmpty ?? false) : items.outputs === undefined,
  }
  if (parent !== undefined) parent.progress = place
  return place
}

/** A file of the run of the batches, by that which lists them. */
export function besideSplits(splits: string, itemsId: string, name: string): string {
  return splits.replace(/-split\/[^/]+\/[^/]+$/, `-items/${itemsId}/${name}`)
}

/** Tells of a batch whether it has not ended. */
export function leftOf({ next, open, again }: Progress): (index: number) => boolean {
  const left = new Set([...Object.keys(open).map(Number), ...again])
  return index => index >= next || left.has(index)
}

/** Ids of the executions that a ForEachItem waits for. */
export function openExecutions({ progress }: TaskRun): string[] {
  const { open } = (progress ?? { open: {} }) as Pick<Progress, 'open'>
  return Object.values(open).map(({ executionId }) => executionId)
}

/** Of an execution that began before a ForEachItem could go on in a fresh history. */
export function isOld({ host }: Walk): boolean {
  return host.history?.mayContinue() === false
}

/** Runs the flow for a batch; one that an earlier run of the workflow began is waited for again. */
export function* runBatch(walk: Walk, batches: Batches, index: number): Task<TerminalState[]> {
  const { step, run, progress } = batches
  const before = progress.open[index]
  if (before === undefined) yield* beginInTurn(walk, batches, index)
  // The run as the batch's own expressions see it.
  const seen: TaskRun = { ...run, iteration: index, items: JSON.parse(yield* batches.uris.at(index)) as string }
  const properties = (yield* render(walk, seen, propertiesOf(step), { sealsInputs: true })) as JsonObject
  const { child, link } = before
    ? { child: findChild(walk, before.executionId, before.dueMs), link: linkTo(walk, before.executionId, properties) }
    : yield* begin(walk, batches, seen, properties)
  if (progress.isAwaited) {
    const end = walk.scope.run(() => walk.host.shielded(() => waitFor(walk, child)))
    const result = yield* isOld(walk) ? wait(end) : atRest(end)
    const state = toBoolean(properties.transmitFailed, true) ? transmitted(result.state) : 'SUCCESS'
    if (state === 'FAILED') walk.state.log(run, 'ERROR', `Subflow execution ${link} ends in FAILED state`)
    if (Object.keys(result.outputs).length > 0) yield* keepResult(walk, run, progress.results, index, result.outputs)
    if (state === 'FAILED' || state === 'KILLED') progress.failed.push(index)
    progress.states[state] = (progress.states[state] ?? 0) + 1
  }
  delete progress.open[index]
  walk.state.setOutputs(run, shownOf(batches))
  // The other batches run, whatever became of this one.
  return ['SUCCESS']
}

function* beginInTurn(walk: Walk, { run, progress }: Batches, index: number): Task<void> {
  if (!isOld(walk)) yield* walk.control.admit(run.parent)
  yield* walk.boundary.pass()
  if (walk.control.isAbandoned(run.parent)) throw new Abandoned()
  progress.open[index] = { executionId: '' }
  progress.next = Math.max(progress.next, index + 1)
  const at = progress.again.indexOf(index)
  if (at !== -1) progress.again.splice(at, 1)
}

function* begin(
  walk: Walk,
  batches: Batches,
  seen: TaskRun,
  properties: JsonObject,
): Task<{ child: Child; link: string }> {
  const { run, progress } = batches
  const created = yield* createChild(walk, properties, seen)
  const { input, dueMs } = created
  progress.open[seen.iteration!] = { executionId: input.executionId, ...(dueMs === undefined ? {} : { dueMs }) }
  walk.state.log(run, 'INFO', `Created new execution ${executionLink(input)}`)
  progress.isAwaited = toBoolean(properties.wait, true)
  if (!progress.isAwaited) progress.states.SUCCESS = (progress.states.SUCCESS ?? 0) + 1
  walk.state.setOutputs(run, shownOf(batches))
  recordBeside(walk)
  return { child: yield* wait(start(walk, created)), link: executionLink(input) }
}

/** What the task shows of its batches. */
export function shownOf({ uris, progress }: Batches): JsonObject {
  const { states, open, isAwaited } = progress
  const running = isAwaited ? Object.keys(open).length : 0
  const iterations = { ...(isAwaited ? { CREATED: 0 } : {}), RUNNING: running, ...states }
  return { iterations, numberOfBatches: uris.count }
}

export function propertiesOf({ properties, impure }: StepOf<'forEachItem'>) {
  return { raw: properties, ...(impure ? { impure } : {}) }
}
