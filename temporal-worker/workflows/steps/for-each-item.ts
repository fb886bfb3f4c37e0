import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { RenderFailure, render } from '../render'
import { runAtOnce } from '../run-branches'
import { type Task, wait } from '../task'
import { forgive, type TaskRun, type TerminalState, worstState } from '../task-run'
import { atWork, executionRef, type Walk, whileActive } from '../walk'
import {
  type Batches,
  besideSplits,
  isOld,
  keepFailed,
  leftOf,
  placeOfItems,
  progressOf,
  propertiesOf,
  runBatch,
  shownOf,
} from './batches'
import { type LineSource, listed, openLines } from './line-source'
import { storeResults } from './loop-results'

type Part = StepOf<'forEachItem'>

const parts = { split, items: runItems, merge } satisfies {
  [Name in Part['part']]: (walk: Walk, step: Part, run: TaskRun) => Task<TerminalState>
}

/** One of the three task runs of a ForEachItem: the split of its file, the flows of its batches, the merge of their outputs. */
export function* runForEachItem(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  if (run.state !== 'RUNNING') walk.state.moveRun(run, 'RUNNING')
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

function* runItems(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  const { splits } = placeOfItems(walk, run)
  const uris = yield* openUris(walk, run, splits)
  const batches: Batches = { step, run, uris, progress: yield* progressOf(walk, run, uris.count) }
  const isLeft = leftOf(batches.progress)
  const works = {
    count: uris.count,
    begin: (index: number) => runBatch(walk, batches, index),
    ended: (index: number) => (isLeft(index) ? undefined : []),
  }
  yield* whileActive(walk, run, () => runAtOnce(walk, works, atOnce))
  const { states, results } = batches.progress
  const uri = yield* storeResults(walk, run, results, yield* keepFailed(walk, batches))
  if (uris.count > 0) walk.state.setOutputs(run, { ...shownOf(batches), subflowOutputsBaseUri: folderOf(uri) })
  // Noted for the merge: whether there was a batch.
  placeOfItems(walk, run)
  const state = worstState(Object.keys(states) as TerminalState[])
  return state === 'FAILED' ? state : forgive(state, step)
}

/** The files of the batches: read as they are asked for; all at once in executions that began before there were pages. */
function* openUris(walk: Walk, run: TaskRun, uri: string): Task<LineSource> {
  if (!isOld(walk)) return yield* openLines(walk, run, uri)
  const text = yield* render(walk, run, { raw: `{{ read(${JSON.stringify(uri)}) }}`, impure: true })
  return listed(
    String(text)
      .split('\n')
      .filter(line => line !== ''),
  )
}

function* merge(walk: Walk, step: Part, run: TaskRun): Task<TerminalState> {
  const { splits, itemsId, isEmpty } = placeOfItems(walk, run)
  // Where there was no batch, items has no outputs, but its file is there; so what is asked of the world stays the same.
  const from = besideSplits(splits, itemsId, 'outputs.ion')
  const place = { execution: executionRef(walk.state), taskId: step.id, taskRunId: run.id }
  const subflowOutputs = yield* wait(
    walk.scope.run(() => walk.host.quick.copyFile({ ...place, from, fileName: 'outputs.ion' })),
  )
  if (!isEmpty) walk.state.setOutputs(run, { subflowOutputs })
  return 'SUCCESS'
}

/** As Kestra writes it: without scheme and file. */
function folderOf(uri: string): string {
  return uri.slice('kestra://'.length, uri.lastIndexOf('/'))
}
