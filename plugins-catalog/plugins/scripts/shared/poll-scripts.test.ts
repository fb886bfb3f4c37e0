import { expect, test } from 'vitest'
import { conditionHolds } from './poll-scripts'

const vars = { status: 'ready', rows: 5, nested: { a: [1] } }

test.each<[condition: string, exitCode: number, holds: boolean]>([
  ['exit 0', 0, true],
  ['EXIT 1', 1, true],
  ['exit 1', 0, false],
  ['exit 1', 11, false],
  ['ready', 0, true],
  ['status=re.dy$', 0, true],
  ['"rows":5', 0, true],
  ['^rows=[1-9]$', 0, true],
  ['late', 0, false],
  ['nested={"a":[', 0, true],
  ['  ', 0, false],
])('the condition %j after the exit code %i: %j', (condition, exitCode, holds) => {
  expect(conditionHolds(condition, { exitCode, vars })).toBe(holds)
})

test('a regular expression that would take for ever does not', () => {
  expect(conditionHolds('(a+)+$', { exitCode: 0, vars: { text: `${'a'.repeat(50_000)}!` } })).toBe(false)
})
