import { describe, expect, test } from 'vitest'
import type { TaskRun } from '#web/server/executions/execution'
import { executionMarks } from './execution-marks'

const start = '2026-01-01T00:00:00.000Z'

function run(taskId: string, current: string, more: Partial<TaskRun> = {}): TaskRun {
  const isOver = current === 'SUCCESS' || current === 'FAILED'
  return {
    id: `${taskId}-${more.value ?? ''}`,
    executionId: 'e',
    namespace: 'n',
    flowId: 'f',
    taskId,
    attempts: [],
    state: {
      current,
      histories: [{ state: current, date: start }],
      startDate: start,
      duration: 'PT0S',
      ...(isOver ? { endDate: '2026-01-01T00:00:02.500Z' } : {}),
    },
    ...more,
  }
}

function marksOf(...runs: TaskRun[]) {
  return executionMarks(
    [
      ['task:a', 'a'],
      ['task:b', 'b'],
      ['task:#1', undefined],
    ],
    runs,
    Date.parse(start) + 61_000,
  )
}

describe('marks of an execution', () => {
  test('say state and duration, which goes on while the task does', () => {
    expect(marksOf(run('a', 'SUCCESS'), run('b', 'RUNNING'))).toEqual({
      'task:a': { tone: 'success', label: 'Success', detail: '2.5 s' },
      'task:b': { tone: 'running', label: 'Running', detail: '1 m 01 s' },
    })
  })

  test('say how often it was tried', () => {
    const { state } = run('a', 'FAILED')
    expect(marksOf(run('a', 'FAILED', { attempts: [{ state }, { state }, { state }] }))['task:a']).toMatchObject({
      tone: 'danger',
      detail: '3 tries · 2.5 s',
    })
  })

  test('count the runs of a loop, the worst first', () => {
    const values = ['SUCCESS', 'SUCCESS', 'RUNNING', 'FAILED'].map((state, index) =>
      run('a', state, { value: `${index}` }),
    )
    expect(marksOf(...values)).toEqual({
      'task:a': { tone: 'danger', label: '1 Failed, 1 Running, 2 Success', detail: '3 of 4' },
    })
  })

  test('say nothing of what has not begun, nor of runs without a node', () => {
    expect(marksOf(run('hidden_split', 'SUCCESS'))).toEqual({})
  })
})
