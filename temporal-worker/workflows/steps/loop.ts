import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { quick } from '../activities'
import { failureMessage } from '../failure-message'
import { typedOutput } from '../flow-outputs'
import { forgetIteration } from '../iteration-scope'
import { RenderFailure, render, renderNumber, renderTruth } from '../render'
import { runAtOnce, runBranches, runInOrder } from '../run-branches'
import { type Task, wait } from '../task'
import { stopsSiblings, type TaskRun, type TerminalState } from '../task-run'
import { setOwn } from '../tree'
import { executionRef, type Walk } from '../walk'

type Values = { values: string[]; keys?: string[]; isFile: boolean }

type Loop = {
  step: StepOf<'loop'>
  run: TaskRun
  values: string[]
  transmitsFailed: boolean
  /** Of each iteration that ended well. */
  results: (JsonObject | undefined)[]
  running: number
  terminated: number
}

/** Runs its tasks once per value; an iteration sees its own tasks only, and leaves the outputs that are declared. */
export function* runLoop(walk: Walk, step: StepOf<'loop'>, run: TaskRun): Task<TerminalState> {
  const { values, keys, isFile } = yield* renderValues(walk, step, run)
  if (keys !== undefined) run.keys = keys
  const limit = yield* renderNumber(walk, run, step.concurrencyLimit)
  const transmitsFailed = yield* renderTruth(walk, run, step.transmitFailed)
  const loop: Loop = { step, run, values, transmitsFailed, results: [], running: 0, terminated: 0 }
  showProgress(walk, loop)
  const starts = values.map((_, iteration) => () => runIteration(walk, loop, iteration))
  return yield* runBranches(walk, step, run, function* () {
    const states = yield* runAtOnce(walk, step.steps.length === 0 ? [] : starts, limit)
    yield* publish(walk, loop, isFile)
    return states
  })
}

function* runIteration(walk: Walk, loop: Loop, iteration: number): Task<TerminalState[]> {
  const { step, run } = loop
  const place = { parent: run, value: loop.values[iteration]!, iteration }
  loop.running += 1
  showProgress(walk, loop)
  const states = yield* runInOrder(walk, step.steps, place)
  if (!states.some(stopsSiblings)) states.push(yield* collect(walk, loop, place))
  forgetIteration(walk.state, place)
  loop.running -= 1
  loop.terminated += 1
  showProgress(walk, loop)
  return loop.transmitsFailed ? states : states.map(state => (state === 'FAILED' ? 'SUCCESS' : state))
}

/** Renders what an iteration hands out, as its tasks see it. */
function* collect(
  walk: Walk,
  loop: Loop,
  place: { parent: TaskRun; value: string; iteration: number },
): Task<TerminalState> {
  const { step, run } = loop
  if (step.outputs.length === 0) return 'SUCCESS'
  const outputs: JsonObject = {}
  const seenFrom: TaskRun = { ...run, ...place }
  try {
    for (const output of step.outputs) {
      const rendered = yield* render(walk, seenFrom, output.value, { typed: output.type !== 'STRING' })
      setOwn(outputs, output.id, yield* typedOutput(output, rendered))
    }
  } catch (error) {
    if (!(error instanceof RenderFailure) && !isExpressionError(error)) throw error
    walk.state.log(
      run,
      'ERROR',
      `Failed to render output values of iteration ${place.iteration}: ${failureMessage(error)}`,
    )
    return 'FAILED'
  }
  const key = run.keys?.[place.iteration]
  const item = { value: place.value, iteration: place.iteration, ...(key === undefined ? {} : { key }) }
  loop.results[place.iteration] = { item, outputs }
  return 'SUCCESS'
}

function isExpressionError(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExpressionError'
}

function progressOf({ values, running, terminated }: Loop): JsonObject {
  return { iterationCount: values.length, runningIterations: running, terminatedIterations: terminated }
}

function showProgress(walk: Walk, loop: Loop): void {
  walk.state.setOutputs(loop.run, progressOf(loop))
}

/** Hands the collected outputs out, in the order of the values: in place, or as a file. */
function* publish(walk: Walk, loop: Loop, isFile: boolean): Task<void> {
  const { step, run } = loop
  if (step.outputs.length === 0) return
  const lines = loop.results.filter(result => result !== undefined)
  const fetchType = String(yield* render(walk, run, step.fetchType)).toUpperCase()
  const isStored = fetchType === 'STORE' || (fetchType === 'AUTO' && isFile)
  const parts = inParts(lines)
  if (isStored) {
    const uri = yield* store(walk, run, parts)
    walk.state.setOutputs(run, { ...progressOf(loop), uri })
    return
  }
  if (parts.length > 1) throw new RenderFailure('The outputs of all iterations are too large; take fetchType: STORE')
  walk.state.setOutputs(run, { ...progressOf(loop), outputs: lines })
}

/** What travels to an activity at a time, and stays in the execution's variables at most, in characters. */
const partLength = 256 * 1024

function inParts(lines: readonly JsonObject[]): JsonObject[][] {
  const parts: JsonObject[][] = [[]]
  let length = 0
  for (const line of lines) {
    length += JSON.stringify(line).length
    if (length > partLength && parts.at(-1)!.length > 0) {
      parts.push([])
      length = 0
    }
    parts.at(-1)!.push(line)
  }
  return parts
}

/** Writes all but the last part to files of their own, which the last one takes in. */
function* store(walk: Walk, run: TaskRun, parts: JsonObject[][]): Task<string> {
  const place = { execution: executionRef(walk.state), taskId: run.step.id, taskRunId: run.id }
  const before: string[] = []
  for (const [index, lines] of parts.slice(0, -1).entries()) {
    const input = { ...place, fileName: `outputs.ion.${index}`, lines }
    before.push(yield* wait(walk.scope.run(() => quick.storeLines(input))))
  }
  const input = { ...place, fileName: 'outputs.ion', lines: parts.at(-1)!, before }
  return yield* wait(walk.scope.run(() => quick.storeLines(input)))
}

/** A list, a map, JSON text of one, or a file; each value as text (objects as JSON). */
function* renderValues(walk: Walk, step: StepOf<'loop'>, run: TaskRun): Task<Values> {
  const rendered = yield* render(walk, run, step.values)
  if (typeof rendered === 'string' && rendered.startsWith('kestra://')) return yield* readLines(walk, run, rendered)
  const values = typeof rendered === 'string' ? parse(rendered) : rendered
  if (Array.isArray(values)) return { values: values.map(toText), isFile: false }
  if (!isJsonObject(values)) throw new RenderFailure(`values is no list and no map: ${JSON.stringify(rendered)}`)
  return { values: Object.values(values).map(toText), keys: Object.keys(values), isFile: false }
}

function* readLines(walk: Walk, run: TaskRun, uri: string): Task<Values> {
  const raw = `{{ read(${JSON.stringify(uri)}) }}`
  const text = String(yield* render(walk, run, { raw, impure: true }))
  return { values: text.split(/\r?\n/).filter(line => line !== ''), isFile: true }
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
