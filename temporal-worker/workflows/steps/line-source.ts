import type { LineIndex } from '../../activities/line-pages'
import { RenderFailure } from '../render'
import { done, type Task, wait } from '../task'
import type { TaskRun } from '../task-run'
import { executionRef, type Walk } from '../walk'

/** The lines of a file, of which the walk holds only those near to where it is. */
export type LineSource = { count: number; at(line: number): Task<string> }

/** Values that the walk holds itself. */
export function listed(values: string[]): LineSource {
  return { count: values.length, at: index => done(values[index]!) }
}

/** Pages kept: iterations that run at once ask for lines near to each other. */
const keptPages = 4

/** Opens a file of internal storage that the task may read; its lines are read in pages as they are asked for. */
export function* openLines(walk: Walk, run: TaskRun, uri: string): Task<LineSource> {
  const { originalId, parentId, inputs, trigger } = walk.state.input
  const file = {
    execution: executionRef(walk.state),
    originalId,
    ...(parentId === undefined ? {} : { parentId }),
    taskId: run.step.id,
    taskRunId: run.id,
    // What decides on the files that may be read.
    scope: { inputs, outputs: { uri }, ...(trigger === undefined ? {} : { trigger: trigger.variables }) },
    uri,
  }
  const result = yield* wait(walk.scope.run(() => walk.activities.indexLines(file)))
  if ('failure' in result) throw new RenderFailure(result.failure)
  return createSource(result, page => walk.scope.run(() => walk.host.quick.readLinePage({ ...file, ...page })))
}

type Page = { start: number; end: number }

function createSource({ count, pages, size }: LineIndex, read: (page: Page) => Promise<string[]>): LineSource {
  const kept = new Map<number, Promise<string[]>>()
  const load = (index: number): Promise<string[]> => {
    const known = kept.get(index)
    if (known !== undefined) return known
    const loading = read({ start: pages[index]![1], end: pages[index + 1]?.[1] ?? size })
    kept.set(index, loading)
    for (const oldest of [...kept.keys()].slice(0, -keptPages)) kept.delete(oldest)
    return loading
  }
  return {
    count,
    *at(line) {
      const index = pages.findLastIndex(([first]) => first <= line)
      const lines = yield* wait(load(index))
      return lines[line - pages[index]![0]]!
    },
  }
}
