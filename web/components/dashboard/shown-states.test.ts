import { expect, test } from 'vitest'
import { shownStates, successRate, sumOf } from './shown-states'

test('the states that occur, ended ones first', () => {
  expect(shownStates({ RUNNING: 1, FAILED: 2, KILLED: 1, SUCCESS: 9, QUEUED: 0 })).toEqual([
    ...['SUCCESS', 'FAILED', 'KILLED', 'RUNNING'],
  ])
})

test.each([
  [{}, undefined],
  [{ RUNNING: 5 }, undefined],
  [{ SUCCESS: 3, FAILED: 1 }, 0.75],
  [{ SUCCESS: 1, WARNING: 1, KILLED: 2, RUNNING: 9 }, 0.5],
])('success rate of %j', (states, rate) => {
  expect(successRate(states)).toBe(rate)
})

test('all of them', () => {
  expect(sumOf({ SUCCESS: 1, FAILED: 2 })).toBe(3)
})
