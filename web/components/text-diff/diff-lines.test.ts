import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from './diff-lines'

function brief(before: string, after: string): string {
  const marks = { same: ' ', added: '+', removed: '-' }
  return diffLines(before, after)
    .map(({ kind, text }) => marks[kind] + text)
    .join('|')
}

test.each([
  ['a\nb\nc', 'a\nb\nc', ' a| b| c'],
  ['a\nb\nc', 'a\nx\nc', ' a|-b|+x| c'],
  ['a\nc', 'a\nb\nc', ' a|+b| c'],
  ['a\nb\nc', 'c', '-a|-b| c'],
  ['', 'a', '-|+a'],
  ['a\na', 'a', ' a|-a'],
])('%j to %j', (before, after, expected) => {
  expect(brief(before, after)).toBe(expected)
})

test('both texts can be read back from a diff', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1 }).map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const side = (kind: 'added' | 'removed') =>
        lines
          .filter(line => line.kind !== kind)
          .map(line => line.text)
          .join('\n')
      expect(side('added')).toBe(before)
      expect(side('removed')).toBe(after)
    }),
  )
})
