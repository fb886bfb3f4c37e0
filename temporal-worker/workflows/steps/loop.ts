import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { failureMessage } from '../failure-message'
import { typedOutput } from '../flow-outputs'
import { forgetIteration } from '../iteration-scope'
import { RenderFailure, render, renderNumber, renderTruth } from '../render'
import { endedInOrder, runAtOnce, runBranches, runInOrder } from '../run-branches'
import type { Task } from '../task'
import { stopsSiblings, type TaskRun, type TerminalState } from '../task-run'
import { setOwn } from '../tree'
import type { Walk } from '../walk'
import { type LineSource, listed, openLines } from './line-source'
import { keepResult, type LoopResults, noResults, resultsInPlace, storeResults } from './loop-results'

type Values = LineSource & { keys?: string[]; isFile: boolean }

/** How far it has come, for the next run of the workflow, too. */
type Progress = { terminated: number; results: LoopResults; hasFailedOutputs: boolean }

type Loop = {
  step: StepOf<'loop'>
  run: TaskRun
  values: Values
  transmitsFailed: boolean
  progress: Progress
  running: number
}

/** Runs its tasks once per value; an iteration sees its own tasks only, and leaves the outputs that are declared. */
export function* runLoop(walk: Walk, step: StepOf<'loop'>, run: TaskRun): Task<TerminalState> {
  const values = yield* renderValues(walk, step, run)
  if (values.keys !== undefined) run.keys = values.keys
  const limit = yield* renderNumber(walk, run, step.concurrencyLimit)
  const transmitsFailed = yield* renderTruth(walk, run, step.transmitFailed)
  const progress = progressFrom(run)
  const loop: Loop = { step, run, values, transmitsFailed, progress, running: 0 }
  showProgress(walk, loop)
  const works = {
    count: step.steps.length === 0 ? 0 : values.count,
    begin: (iteration: number) => runIteration(walk, loop, iteration),
    ended: (iteration: number) => endedBefore(walk, loop, iteration),
  }
  return yield* runBranches(walk, step, run, function* () {
    const states = yield* runAtOnce(walk, works, limit)
    if (progress.hasFailedOutputs) states.push(...transmitted(loop, ['FAILED']))
    yield* publish(walk, loop, values.isFile)
    return states
  })
}

/** Its own, if it was taken up; the run keeps it, so that a snapshot has it as it is then. */
function progressFrom(run: TaskRun): Progress {
  run.progress ??= { terminated: 0, results: noResults(), hasFailedOutputs: false } satisfies Progress
  return run.progress as Progress
}

function endedBefore(walk: Walk, loop: Loop, iteration: number): TerminalState[] | undefined {
  const states = endedInOrder(walk, loop.step.steps, { parent: loop.run, iteration })
  return states && transmitted(loop, states)
}

function* runIteration(walk: Walk, loop: Loop, iteration: number): Task<TerminalState[]> {
  const { step, run, progress } = loop
  const place = { parent: run, value: yield* loop.values.at(iteration), iteration }
  loop.running += 1
  showProgress(walk, loop)
  const states = yield* runInOrder(walk, step.steps, place)
  if (!states.some(stopsSiblings)) states.push(yield* collect(walk, loop, place))
  forgetIteration(walk.state, place)
  walk.state.letGoOf(run, iteration)
  loop.running -= 1
  progress.terminated += 1
  showProgress(walk, loop)
  return transmitted(loop, states)
}

function transmitted({ transmitsFailed }: Loop, states: TerminalState[]): TerminalState[] {
  return transmitsFailed ? states : states.map(state => (state === 'FAILED' ? 'SUCCESS' : state))
}

/** Renders what an iteration hands out, as its tasks see it. */
function* collect(
  walk: Walk,
  loop: Loop,
  place: { parent: TaskRun; value: string; iteration: number },
): Task<TerminalState> {
  const { step, run, progress } = loop
  if (step.outputs.length === 0) return 'SUCCESS'
  const outputs: JsonObject = {}
  const seenFrom: TaskRun = { ...run, ...place }
  try {
    for (const output of step.outputs) {
      const rendered = yield* render(walk, seenFrom, output.value, { typed: output.type !== 'STRING' })
      setOwn(outputs, output.id, yield* typedOutput(walk, output, rendered))
    }
  } catch (error) {
    if (!(error instanceof RenderFailure) && !isExpressionError(error)) throw error
    walk.state.log(
      run,
      'ERROR',
      `Failed to render output values of iteration ${place.iteration}: ${failureMessage(error)}`,
    )
    progress.hasFailedOutputs = true
    return 'FAILED'
  }
  const key = run.keys?.[place.iteration]
  const item = { value: place.value, iteration: place.iteration, ...(key === undefined ? {} : { key }) }
  yield* keepResult(walk, run, progress.results, place.iteration, { item, outputs })
  return 'SUCCESS'
}

function isExpressionError(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExpressionError'
}

function progressOf({ values, running, progress }: Loop): JsonObject {
  return { iterationCount: values.count, runningIterations: running, terminatedIterations: progress.terminated }
}

function showProgress(walk: Walk, loop: Loop): void {
  walk.state.setOutputs(loop.run, progressOf(loop))
}

/** Hands the collected outputs out, in the order of the values: in place, or as a file. */
function* publish(walk: Walk, loop: Loop, isFile: boolean): Task<void> {
  const { step, run, progress } = loop
  if (step.outputs.length === 0) return
  const fetchType = String(yield* render(walk, run, step.fetchType)).toUpperCase()
  const isStored = fetchType === 'STORE' || (fetchType === 'AUTO' && isFile)
  if (isStored) {
    const uri = yield* storeResults(walk, run, progress.results)
    walk.state.setOutputs(run, { ...progressOf(loop), uri })
    return
  }
  const lines = resultsInPlace(progress.results)
  if (lines === undefined) {
    throw new RenderFailure('The outputs of all iterations are too large; take fetchType: STORE')
  }
  walk.state.setOutputs(run, { ...progressOf(loop), outputs: lines })
}

/** A list, a map, JSON text of one, or a file; each value as text (objects as JSON). */
function* renderValues(walk: Walk, step: StepOf<'loop'>, run: TaskRun): Task<Values> {
  const rendered = yield* render(walk, run, step.values)
  if (typeof rendered === 'string' && rendered.startsWith('kestra://')) {
    const isOld = walk.host.history?.mayContinue() === false
    const lines = yield* isOld ? readLines(walk, run, rendered) : openLines(walk, run, rendered)
    return { ...lines, isFile: true }
  }
  const values = typeof rendered === 'string' ? parse(rendered) : rendered
  if (Array.isArray(values)) return { ...listed(values.map(toText)), isFile: false }
  if (!isJsonObject(values)) throw new RenderFailure(`values is no list and no map: ${JSON.stringify(rendered)}`)
  return { ...listed(Object.values(values).map(toText)), keys: Object.keys(values), isFile: false }
}

/** The whole file at once, as executions did that began before there were pages. */
function* readLines(walk: Walk, run: TaskRun, uri: string): Task<LineSource> {
  const raw = `{{ read(${JSON.stringify(uri)}) }}`
  const text = String(yield* render(walk, run, { raw, impure: true }))
  return listed(text.split(/\r?\n/).filter(line => line !== ''))
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new RenderFailure(`values is no list, no map, no JSON text of one and no file: ${text.slice(0, 200)}`)
  }
}

function toText(value: Json): string {
  if (value === null) throw new RenderFailure('values holds a null')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
