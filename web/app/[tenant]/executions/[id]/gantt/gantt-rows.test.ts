import { expect, test } from 'vitest'
import type { Execution, TaskRun } from '#web/server/executions/execution'
import { chartOf, ticksOf } from './gantt-rows'

const at = (ms: number) => new Date(ms).toISOString()

function state(histories: [string, number][]): Execution['state'] {
  return {
    current: histories.at(-1)![0],
    histories: histories.map(([name, ms]) => ({ state: name, date: at(ms) })),
    startDate: at(histories[0]![1]),
    duration: 'PT0S',
  }
}

function execution(own: [string, number][], ...tasks: [string, number][][]): Execution {
  const common = { namespace: 'n', flowId: 'f' }
  const taskRunList = tasks.map(
    (histories, index): TaskRun => ({
      ...common,
      id: `t${index}`,
      executionId: 'e',
      taskId: `t${index}`,
      attempts: [],
      state: state(histories),
    }),
  )
  return {
    ...common,
    tenantId: 't',
    id: 'e',
    flowRevision: 1,
    taskRunList,
    inputs: {},
    labels: [],
    state: state(own),
    originalId: 'e',
    metadata: { attemptNumber: 1, originalCreatedDate: at(0) },
    kind: 'NORMAL',
    deleted: false,
  }
}

test('a finished task shows how it waited and how it ended', () => {
  const chart = chartOf(
    execution(
      [
        ['RUNNING', 0],
        ['FAILED', 1000],
      ],
      [
        ['CREATED', 0],
        ['RUNNING', 250],
        ['FAILED', 1000],
      ],
    ),
    9_999,
  )
  expect(chart.spanMs).toBe(1000)
  expect(chart.rows[0]?.segments).toEqual([
    { state: 'CREATED', left: 0, width: 0.25 },
    { state: 'FAILED', left: 0.25, width: 0.75 },
  ])
})

test('what still runs ends now', () => {
  const chart = chartOf(execution([['RUNNING', 0]], [['RUNNING', 500]]), 2000)
  expect(chart.spanMs).toBe(2000)
  expect(chart.rows[0]?.segments).toEqual([{ state: 'RUNNING', left: 0.25, width: 0.75 }])
})

test('an execution of no time at all has a chart', () => {
  expect(chartOf(execution([['SUCCESS', 0]]), 0)).toEqual({ startMs: 0, spanMs: 1, rows: [] })
})

test.each([
  [1, 6, [0, 1]],
  [1000, 6, [0, 200, 400, 600, 800, 1000]],
  [61_000, 6, [0, 20_000, 40_000, 60_000]],
])('ticks of %d ms', (spanMs, maxCount, expected) => {
  expect(ticksOf(spanMs, maxCount)).toEqual(expected)
})
