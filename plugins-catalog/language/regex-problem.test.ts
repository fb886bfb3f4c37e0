import { expect, test } from 'vitest'
import { matchesWhole, wholeRegexProblem } from './regex-problem'

test.each<[pattern: string, text: string, isMatch: boolean]>([
  ['A\\d+', 'A12', true],
  ['A\\d+', 'xA12', false],
  ['a|b', 'b', true],
  ['(?=.{8,})(?=.*[A-Z])(?=.*[0-9]).*', '1245Abc@$Zk', true],
  ['(?=.{8,})(?=.*[A-Z])(?=.*[0-9]).*', 'abcdefgh', false],
  ['(?=.{8,})(?=.*[A-Z])(?=.*[0-9]).*', 'A1', false],
  ['^(?=.*[(|)\\]])(?=(a|b)).+$', 'b(', true],
  ['^(?=.*[(|)\\]])(?=(a|b)).+$', 'c(', false],
  ['(?!test)(?!.*\\)).*', 'prod', true],
  ['(?!test)(?!.*\\)).*', 'test-1', false],
  ['(?!test)(?!.*\\)).*', 'prod)', false],
])('%s whole on %s: %s', (pattern, text, isMatch) => {
  expect(wholeRegexProblem(pattern)).toBeNull()
  expect(matchesWhole(pattern, text)).toBe(isMatch)
})

test.each(['(', '(?=a', '(?=[a)b', 'x(?=y)', '(?=a)b|c', '(?<=a)b'])('%s is refused', pattern => {
  expect(wholeRegexProblem(pattern)).toMatch(/^not a regular expression/)
})
