import type { JsonObject } from '#language/json'
import { type Task, wait } from '../task'
import type { TaskRun } from '../task-run'
import { executionRef, type Walk } from '../walk'

/** What iterations handed out: the last ones here, those before in files. */
export type LoopResults = {
  /** By iteration, in the order in which they ended. */
  lines: [iteration: number, line: JsonObject][]
  /** Characters of them. */
  length: number
  /** Files written before, each in the order of its iterations. */
  parts: string[]
}

/** What travels to an activity at a time, and stays in the execution's variables at most, in characters. */
const partLength = 256 * 1024

export function noResults(): LoopResults {
  return { lines: [], length: 0, parts: [] }
}

/** Keeps a result; many of them go to internal storage, so that the walk holds few. */
export function* keepResult(
  walk: Walk,
  run: TaskRun,
  results: LoopResults,
  iteration: number,
  line: JsonObject,
): Task<void> {
  results.lines.push([iteration, line])
  results.length += JSON.stringify(line).length
  const isFull = results.length > partLength && (walk.host.history?.mayContinue() ?? true)
  if (!isFull) return
  const lines = inOrder(results)
  const fileName = `outputs.ion.part-${results.parts.length}`
  results.parts.push('')
  const at = results.parts.length - 1
  results.lines = []
  results.length = 0
  results.parts[at] = yield* wait(
    walk.scope.run(() => walk.host.quick.storeLines({ ...placeOf(walk, run), fileName, lines })),
  )
}

/** All that was handed out, in the order of the iterations; undefined where it is too large to stay in the walk. */
export function resultsInPlace(results: LoopResults): JsonObject[] | undefined {
  if (results.parts.length > 0 || inParts(results).length > 1) return undefined
  return inOrder(results).map(([, line]) => line)
}

/**
 * Writes all of it to one file, a line for each iteration; answers its URI. `numberedName`: of another file, with their
 * numbers, from which a restart goes on.
 */
export function* storeResults(walk: Walk, run: TaskRun, results: LoopResults, numberedName?: string): Task<string> {
  const place = placeOf(walk, run)
  const { quick } = walk.host
  const { parts } = results
  if (parts.length > 0 || numberedName !== undefined) {
    const numbered = numberedName === undefined ? {} : { numberedName }
    const input = { ...place, fileName: 'outputs.ion', parts, lines: inOrder(results), ...numbered }
    return yield* wait(walk.scope.run(() => walk.activities.mergeLines(input)))
  }
  const before: string[] = []
  const pieces = inParts(results)
  for (const [index, lines] of pieces.slice(0, -1).entries()) {
    const input = { ...place, fileName: `outputs.ion.${index}`, lines }
    before.push(yield* wait(walk.scope.run(() => quick.storeLines(input))))
  }
  const input = { ...place, fileName: 'outputs.ion', lines: pieces.at(-1)!, before }
  return yield* wait(walk.scope.run(() => quick.storeLines(input)))
}

function placeOf(walk: Walk, run: TaskRun) {
  return { execution: executionRef(walk.state), taskId: run.step.id, taskRunId: run.id }
}

function inOrder({ lines }: LoopResults): [number, JsonObject][] {
  return lines.toSorted(([a], [b]) => a - b)
}

function inParts(results: LoopResults): JsonObject[][] {
  const parts: JsonObject[][] = [[]]
  let length = 0
  for (const [, line] of inOrder(results)) {
    length += JSON.stringify(line).length
    if (length > partLength && parts.at(-1)!.length > 0) {
      parts.push([])
      length = 0
    }
    parts.at(-1)!.push(line)
  }
  return parts
}
