import { CancellationScope } from '@temporalio/workflow'
import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { toBoolean } from '../../pure/pure-task'
import { quick } from '../activities'
import { RenderFailure, render } from '../render'
import { runAtOnce } from '../run-branches'
import { type Task, wait } from '../task'
import { forgive, type TaskRun, type TerminalState, worstState } from '../task-run'
import { atWork, executionRef, recordBeside, type Walk } from '../walk'
import { createChild, executionLink, start, transmitted, waitFor } from './subflow'

type Part = StepOf<'forEachItem'>

const parts = { split, items: runItems, merge } satisfies {
  [Name in Part['part']]: (walk: Walk, step: Part, run: TaskRun) => Task<TerminalState>
}

/** One of the three task runs of a ForEachItem: the split of its file, the flows of its batches, the merge of their outputs. */
export function* runForEachItem(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  walk.state.moveRun(run, 'RUNNING')
  return yield* parts[step.part](walk, step, run)
}

function* split(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  const { items, batch } = (yield* render(walk, run, propertiesOf(step))) as JsonObject
  const { originalId, parentId, inputs, trigger } = walk.state.input
  const result = yield* atWork(walk, run, () =>
    walk.activities.splitItems({
      execution: executionRef(walk.state),
      originalId,
      ...(parentId === undefined ? {} : { parentId }),
      taskId: step.id,
      taskRunId: run.id,
      // What decides on the files that may be read.
      scope: {
        inputs,
        outputs: { items: items ?? null },
        ...(trigger === undefined ? {} : { trigger: trigger.variables }),
      },
      items: String(items),
      batch: (batch ?? {}) as JsonObject,
    }),
  )
  if ('failure' in result) throw new RenderFailure(result.failure)
  walk.state.setOutputs(run, { splits: result.splits })
  return 'SUCCESS'
}

/** Executions of one task that run at the same time. */
const atOnce = 50

type Batches = { total: number; states: TerminalState[]; running: number; lines: JsonObject[] }

function* runItems(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  const uris = yield* readBatches(walk, run, String(siblingOutputs(walk, run, 'split').splits))
  const batches: Batches = { total: uris.length, states: [], running: 0, lines: [] }
  const starts = uris.map(
    (uri, index) => () => runBatch(walk, step, { ...run, iteration: index, items: uri }, run, batches),
  )
  walk.active.add(run)
  try {
    yield* runAtOnce(walk, starts, atOnce)
  } finally {
    walk.active.delete(run)
  }
  const place = { execution: executionRef(walk.state), taskId: step.id, taskRunId: run.id }
  const lines = batches.lines.filter(line => line !== undefined)
  const uri = yield* wait(walk.scope.run(() => quick.storeLines({ ...place, fileName: outputsFile, lines })))
  walk.state.setOutputs(run, { ...progressOf(batches), subflowOutputsBaseUri: folderOf(uri) })
  const state = worstState(batches.states)
  return state === 'FAILED' ? state : forgive(state, step)
}

const outputsFile = 'outputs.ion'

/** `seen` is the run as the batch's own expressions see it. */
function* runBatch(walk: Walk, step: Part, seen: TaskRun, run: TaskRun, batches: Batches): Task<TerminalState[]> {
  const properties = (yield* render(walk, seen, propertiesOf(step))) as JsonObject
  const input = yield* createChild(walk, properties)
  walk.state.log(run, 'INFO', `Created new execution ${executionLink(input)}`)
  batches.running += 1
  walk.state.setOutputs(run, progressOf(batches))
  recordBeside(walk)
  const child = yield* wait(start(input))
  if (toBoolean(properties.wait, true)) {
    const result = yield* wait(CancellationScope.nonCancellable(() => waitFor(walk, child)))
    const state = toBoolean(properties.transmitFailed, true) ? transmitted(result.state) : 'SUCCESS'
    if (state === 'FAILED')
      walk.state.log(run, 'ERROR', `Subflow execution ${executionLink(input)} ends in FAILED state`)
    if (Object.keys(result.outputs).length > 0) batches.lines[seen.iteration!] = result.outputs
    batches.states.push(state)
    batches.running -= 1
    walk.state.setOutputs(run, progressOf(batches))
  }
  // The other batches run, whatever became of this one.
  return ['SUCCESS']
}

function progressOf({ total, states, running }: Batches): JsonObject {
  const iterations: { [state: string]: number } = { CREATED: 0, RUNNING: running }
  for (const state of states) iterations[state] = (iterations[state] ?? 0) + 1
  return { iterations, numberOfBatches: total }
}

function* readBatches(walk: Walk, run: TaskRun, uri: string): Task<string[]> {
  const text = yield* render(walk, run, { raw: `{{ read(${JSON.stringify(uri)}) }}`, impure: true })
  return String(text)
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as string)
}

function* merge(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  const from = `kestra://${siblingOutputs(walk, run, 'items').subflowOutputsBaseUri}/${outputsFile}`
  const place = { execution: executionRef(walk.state), taskId: step.id, taskRunId: run.id }
  const subflowOutputs = yield* wait(walk.scope.run(() => quick.copyFile({ ...place, from, fileName: outputsFile })))
  walk.state.setOutputs(run, { subflowOutputs })
  return 'SUCCESS'
}

function siblingOutputs(walk: Walk, run: TaskRun, part: Part['part']): JsonObject {
  const isPart = ({ step }: TaskRun) => step.id === run.step.id.replace(/_[^_]+$/, `_${part}`)
  return walk.state.childrenOf(run.parent).find(isPart)?.outputs ?? {}
}

function propertiesOf({ properties, impure }: Part) {
  return { raw: properties, ...(impure ? { impure } : {}) }
}

/** As Kestra writes it: without scheme and file. */
function folderOf(uri: string): string {
  return uri.slice('kestra://'.length, uri.lastIndexOf('/'))
}
