import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { TaskRun } from '#web/server/executions/execution'
import { outputsOfRuns, readOutputs, skeletonOf } from './mocked-outputs'

const state = { current: 'SUCCESS', histories: [], startDate: '2026-01-01T00:00:00Z', duration: 'PT1S' }
const run = (id: string, more: Partial<TaskRun>): TaskRun => ({
  ...{ id, taskId: id, executionId: 'e', namespace: 'n', flowId: 'f', attempts: [], state },
  ...more,
})

test('outputs by task and loop value, without those of the task itself', () => {
  const runs = [
    run('fetch', { outputs: { rows: 3 } }),
    run('each', {}),
    run('p1', { taskId: 'part', parentTaskRunId: 'each', value: 'a', outputs: { n: 1 } }),
    run('p2', { taskId: 'part', parentTaskRunId: 'each', value: 'b', outputs: { n: 2 } }),
    run('sum', { outputs: { n: 3 } }),
  ]
  expect(outputsOfRuns(runs, 'sum')).toEqual({ fetch: { rows: 3 }, part: { a: { n: 1 }, b: { n: 2 } } })
})

test('what a text reads of tasks that there are', () => {
  const source =
    'a: "{{ outputs.fetch.body.rows }}"\nb: "{{ outputs.fetch.code }} {{ outputs.gone.x }} {{ outputs.sum.n }}"'
  expect(skeletonOf(source, ['fetch', 'sum'], 'sum')).toEqual({ fetch: { body: '', code: '' } })
})

test.each([
  ['', { outputs: {} }],
  ['a: {b: 1}', { outputs: { a: { b: 1 } } }],
  ['{"a": {"b": [1]}}', { outputs: { a: { b: [1] } } }],
  ['- a', { problem: 'Write a map: the id of a task, then its outputs' }],
  ['a: 1', { problem: 'The outputs of a are no map' }],
])('%s', (text, expected) => {
  expect(readOutputs(text, parse)).toEqual(expected)
})

test('what is no YAML is told with its place', () => {
  expect(readOutputs('a: {', parse)).toEqual({ problem: expect.stringContaining('line 1') })
})
