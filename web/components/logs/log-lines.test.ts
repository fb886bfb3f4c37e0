import { expect, test } from 'vitest'
import { isAfter, plainText, splitFound, splitLinks } from './log-lines'

test.each([
  ['10', '9', true],
  ['9', '10', false],
  ['9', '9', false],
  ['9007199254740993', '9007199254740992', true],
])('%s after %s: %s', (a, b, expected) => {
  expect(isAfter(a, b)).toBe(expected)
})

test('terminal colours are left out', () => {
  expect(plainText('\u001b[31mred\u001b[0m')).toBe('red')
})

test.each([
  ['exit code 1', undefined, ['exit code 1']],
  ['Exit exit', 'EXIT', ['', 'Exit', ' ', 'exit', '']],
  ['a.b axb', '.', ['a', '.', 'b axb']],
  ['nothing', 'x', ['nothing']],
])('%s: where %s is', (text, wanted, parts) => {
  expect(splitFound(text, wanted)).toEqual(parts)
})

const named = (id: string) => `[[link execution="${id}" flowId="child" namespace="company.team"]]`
test.each([
  ['nothing to see', ['nothing to see']],
  ['', []],
  [
    `Created new execution ${named('a1')}`,
    ['Created new execution ', { executionId: 'a1', name: 'company.team.child' }],
  ],
  [
    `${named('a1')}${named('b2')}!`,
    [{ executionId: 'a1', name: 'company.team.child' }, { executionId: 'b2', name: 'company.team.child' }, '!'],
  ],
  ['[[link execution="../x" flowId="a" namespace="b"]]', ['[[link execution="../x" flowId="a" namespace="b"]]']],
])('%s has the parts %j', (message, parts) => expect(splitLinks(message)).toEqual(parts))
