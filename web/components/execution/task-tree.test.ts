import { expect, test } from 'vitest'
import type { TaskRun } from '#web/server/executions/execution'
import { taskRows } from './task-tree'

function run(id: string, parentTaskRunId?: string): TaskRun {
  const state = { current: 'SUCCESS', histories: [], startDate: '2026-01-01T00:00:00Z', duration: 'PT0S' }
  return { id, executionId: 'e', namespace: 'n', flowId: 'f', taskId: id, parentTaskRunId, attempts: [], state }
}

test.each([
  [[], []],
  [
    [run('a'), run('b')],
    ['a', 'b'],
  ],
  [
    [run('a'), run('b'), run('a1', 'a'), run('a2', 'a'), run('a11', 'a1')],
    ['a', ' a1', '  a11', ' a2', 'b'],
  ],
  [
    [run('lost', 'unknown'), run('b')],
    ['lost', 'b'],
  ],
])('rows %#', (taskRuns, expected) => {
  expect(taskRows(taskRuns).map(({ taskRun, depth }) => ' '.repeat(depth) + taskRun.id)).toEqual(expected)
})
