import { expect, test } from 'vitest'
import type { LogEntry } from '#web/server/executions/execution'
import { filterLogs, isAfter, linesAfter, plainText } from './log-lines'

function line(position: string, level: string, message: string, taskId?: string): LogEntry {
  return {
    position,
    level,
    message,
    taskId,
    namespace: 'n',
    flowId: 'f',
    executionId: 'e',
    attemptNumber: 0,
    timestamp: '2026-01-01T00:00:00Z',
  }
}

const lines = [
  line('1', 'DEBUG', 'Pulling the image', 'a'),
  line('2', 'INFO', 'Hello', 'a'),
  line('9', 'ERROR', 'exit code 1', 'b'),
  line('10', 'ODD', 'of another kind'),
]

test.each([
  [{ minLevel: 'TRACE' }, ['1', '2', '9', '10']],
  [{ minLevel: 'INFO' }, ['2', '9', '10']],
  [{ minLevel: 'TRACE', task: 'a' }, ['1', '2']],
  [{ minLevel: 'TRACE', text: 'HELLO' }, ['2']],
  [{ minLevel: 'ERROR', task: 'a' }, []],
] as const)('%j', (filter, positions) => {
  expect(filterLogs(lines, filter).map(({ position }) => position)).toEqual(positions)
})

test.each([
  ['10', '9', true],
  ['9', '10', false],
  ['9', '9', false],
  ['9007199254740993', '9007199254740992', true],
])('%s after %s: %s', (a, b, expected) => {
  expect(isAfter(a, b)).toBe(expected)
})

test('a repeated answer adds nothing', () => {
  expect(linesAfter(lines, '9').map(({ position }) => position)).toEqual(['10'])
  expect(linesAfter(lines, undefined)).toHaveLength(4)
})

test('terminal colours are left out', () => {
  expect(plainText('\u001b[31mred\u001b[0m')).toBe('red')
})
