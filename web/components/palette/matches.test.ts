import { expect, test } from 'vitest'
import { matches, readTyped } from './matches'

test.each([
  ['Audit log', 'log', true],
  ['Audit log', 'LOG aud', true],
  ['Concurrency', 'cny', false],
  ['anything', '', true],
])('%s for %o: %s', (text, typed, expected) => expect(matches(text, typed)).toBe(expected))

test.each([
  ['load', { wanted: 'load', isToRun: false }],
  [' execute  load orders ', { wanted: 'load orders', isToRun: true }],
  ['Run', { wanted: '', isToRun: true }],
  ['runner', { wanted: 'runner', isToRun: false }],
])('%o', (typed, expected) => expect(readTyped(typed)).toEqual(expected))
