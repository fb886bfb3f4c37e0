import { expect, test } from 'vitest'
import type { LogEntry } from '#web/server/executions/execution'
import { createLogWindow } from './log-window'

const lineOf = (number: number, level = 'INFO'): LogEntry => ({
  ...{ level, namespace: 'n', flowId: 'f', executionId: 'e', attemptNumber: 0, timestamp: '2026-01-01T00:00:00Z' },
  position: String(1000 + number * 3),
  message: `line ${number}`,
})
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => lineOf(from + index))

/** The lines 0 to `count`, marked every ten. */
const windowOf = (count: number, errors: number[] = []) =>
  createLogWindow({
    ...{ count, errors, markEvery: 10, last: count === 0 ? undefined : lineOf(count - 1).position },
    marks: lines(0, count)
      .filter((_, number) => number % 10 === 0)
      .map(({ position }) => position),
  })

const textOf = (part: LogEntry[] | undefined) => part?.map(({ message }) => message)

test('what is in sight is read in one go, then held', () => {
  const view = windowOf(95)
  expect([view.partCount(), view.sizeOf(9), view.sizeOf(10)]).toEqual([10, 5, 0])
  const [missing, ...more] = view.missing(2, 4)
  expect(more).toEqual([])
  expect(missing).toEqual({ first: 2, after: '1059', limit: 30 })
  view.store(missing!, lines(20, 50))
  expect(textOf(view.part(4))).toEqual(textOf(lines(40, 50)))
  expect(view.missing(2, 4)).toEqual([])
  expect(view.missing(1, 6).map(({ first, limit }) => [first, limit])).toEqual([
    [1, 10],
    [5, 20],
  ])
})

test('what is on its way is not asked for again, unless no answer came', () => {
  const view = windowOf(50)
  const [missing] = view.missing(0, 1)
  view.ask(missing!)
  expect(view.missing(0, 2).map(({ first }) => first)).toEqual([2])
  view.store(missing!, [])
  expect(view.missing(0, 1)).toEqual([missing])
})

test('a part that is not full is whole, until lines come', () => {
  const view = windowOf(15)
  view.store(view.missing(1, 1)[0]!, lines(10, 15))
  expect(view.missing(1, 1)).toEqual([])
  view.append(lines(13, 17))
  expect(view.count()).toBe(17)
  expect(textOf(view.part(1))).toEqual(textOf(lines(10, 17)))
  expect(view.missing(1, 1)).toEqual([])
})

test('lines begin new parts, and those that come twice count once', () => {
  const view = windowOf(0)
  view.append(lines(0, 8))
  view.append(lines(4, 25))
  expect([view.count(), view.partCount(), view.last()]).toEqual([25, 3, lineOf(24).position])
  expect(textOf(view.part(2))).toEqual(textOf(lines(20, 25)))
  expect(view.missing(0, 9)).toEqual([])
})

test('a part whose beginning is not held is read whole', () => {
  const view = windowOf(15)
  view.append(lines(15, 17))
  expect(view.part(1)).toBeUndefined()
  expect(view.missing(1, 1)).toEqual([{ first: 1, after: '1029', limit: 10 }])
})

test('however far one scrolls, no more than some parts are held', () => {
  const view = windowOf(10_000)
  for (let part = 0; part < 1000; part++) view.store(view.missing(part, part)[0]!, lines(part * 10, part * 10 + 10))
  const held = Array.from({ length: 1000 }, (_, part) => view.part(part)).filter(part => part !== undefined)
  expect(held.length).toBeLessThanOrEqual(100)
  expect(view.part(999)).toBeDefined()
})

test('from error to error, round the ends', () => {
  const view = windowOf(50, [3, 20])
  view.append([lineOf(50, 'ERROR')])
  expect([-1, 3, 19, 50].map(line => view.nextError(line, 1))).toEqual([3, 20, 20, 3])
  expect([3, 20, 49].map(line => view.nextError(line, -1))).toEqual([50, 3, 20])
  expect(windowOf(5).nextError(0, 1)).toBeUndefined()
})
