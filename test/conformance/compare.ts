import type { Json, JsonObject } from '#language/json'
import type { RecordedExecution } from '../harness/engine'

export type ExpectedRun = {
  taskId: string
  parent?: string
  value?: string
  iteration?: number
  state: string
  history: string[]
  attempts?: string[][]
  outputs?: JsonObject
}

/** What a real Kestra did with a flow (`run` of a file in `expected/`). */
export type Expected = {
  state: string
  history: string[]
  inputs?: JsonObject
  outputs?: JsonObject
  variables?: JsonObject
  labels: [string, string][]
  taskRuns: ExpectedRun[]
  logs?: { level: string; task?: string; message: string }[]
}

/** Differences between what Kestra did and what we did, a line each; empty where they agree. */
export function compareWithKestra(expected: Expected, got: RecordedExecution): string[] {
  const ours = JSON.parse(mask(JSON.stringify(got), got)) as RecordedExecution
  const labels = (ours.labels as { key: string; value: string }[]).map(({ key, value }) => [key, value])
  return [
    ...differ('state', expected.state, ours.state),
    ...differ('history', expected.history.filter(isShown), ours.states),
    ...differ('labels', expected.labels, labels.sort()),
    ...differ('outputs', expected.outputs ?? null, ours.outputs),
    ...differ('variables', expected.variables ?? null, ours.variables),
    ...compareRuns(expected, ours),
    ...differ('logs', (expected.logs ?? []).map(lineOf).sort(), ours.logs.map(lineOf).sort()),
  ]
}

function compareRuns(expected: Expected, ours: RecordedExecution): string[] {
  const names = new Map(ours.taskRuns.map(run => [run.id, run.taskId]))
  const theirs = expected.taskRuns.map(run => ({
    task: run.taskId,
    parent: run.parent ?? null,
    value: run.value ?? null,
    iteration: run.iteration ?? null,
    state: run.state,
    history: run.history.filter(isShown),
    attempts: (run.attempts ?? []).map(states => states.filter(isShown)),
    outputs: run.outputs ?? null,
  }))
  const own = ours.taskRuns.map(run => ({
    task: run.taskId,
    parent: run.parentId === null ? null : (names.get(run.parentId) ?? null),
    value: run.value,
    iteration: run.iteration,
    state: run.state,
    history: run.states,
    attempts: run.attempts,
    outputs: run.outputs,
  }))
  const count = Math.max(theirs.length, own.length)
  return Array.from({ length: count }).flatMap((_, index) => differ(`run ${index}`, theirs[index], own[index]))
}

/** We have no queue between us and our workers. */
function isShown(state: string): boolean {
  return state !== 'SUBMITTED'
}

function differ(what: string, expected: unknown, got: unknown): string[] {
  const [a, b] = [canonical(expected), canonical(got)]
  return a === b ? [] : [`${what}: Kestra ${a}, ours ${b}`]
}

/** JSON text with keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, child: Json) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  )
}

function lineOf(line: { level: string; task?: string; taskId?: string | null; message: string }): string {
  const message = line.message.replace(/execution duration of PT[\d.HMS]+/, 'execution duration of <DURATION>')
  return `${line.level} ${line.task ?? line.taskId ?? '-'} ${message}`
}

/** Hides what differs from run to run, as the expectations do. */
export function mask(text: string, { id, taskRuns }: RecordedExecution): string {
  const runIds = taskRuns.reduce((masked, run, index) => masked.replaceAll(`/${run.id}/`, `/<TR${index}>/`), text)
  return runIds
    .replace(new RegExp(`(?<!"id":")${id}`, 'g'), '<EXEC>')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<DATE>')
    .replace(/(<TR\d+>\/)[^"/]+?(\.\w+)?(?=["\\])/g, '$1<FILE>$2')
    .replace(/(execution=\\"|"executionId":")[0-9A-Za-z]{22}/g, '$1<ID>')
}
