import { expect, test } from 'vitest'
import type { TaskRun } from '#web/server/executions/execution'
import { resumeInputs } from './resume-inputs'

function run(taskId: string, current: string): TaskRun {
  const state = { current, histories: [], startDate: '2026-01-01T00:00:00Z', duration: 'PT0S' }
  return { id: taskId, executionId: 'e', namespace: 'n', flowId: 'f', taskId, attempts: [], state }
}

const reason = { id: 'reason', type: 'STRING' }
const pause = { id: 'approve', type: 'io.kestra.plugin.core.flow.Pause', onResume: [reason] }

test.each([
  ['at the top', [pause], [run('approve', 'PAUSED')], [reason]],
  ['inside another', [{ id: 'p', type: 'x.Parallel', tasks: [pause] }], [run('approve', 'PAUSED')], [reason]],
  ['no longer paused', [pause], [run('approve', 'SUCCESS')], []],
  ['asking nothing', [{ id: 'approve', type: 'x.Pause' }], [run('approve', 'PAUSED')], []],
])('a task %s', (_name, tasks, taskRuns, expected) => {
  expect(resumeInputs(tasks, taskRuns)).toEqual(expected)
})
