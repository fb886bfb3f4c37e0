import { expect, test } from 'vitest'
import type { Diagnostic } from '#language/diagnostics'
import { shiftDiagnostic, splitDocuments } from './split-documents'

test.each<[string, string, [string, number][]]>([
  ['one document', 'id: a\n', [['id: a\n', 0]]],
  ['a marker before the first', '---\nid: a\n', [['id: a\n', 1]]],
  [
    'two documents',
    'id: a\n---\nid: b\n',
    [
      ['id: a\n', 0],
      ['id: b\n', 2],
    ],
  ],
  [
    'a comment after the marker',
    'id: a\n--- # next\nid: b',
    [
      ['id: a\n', 0],
      ['id: b', 2],
    ],
  ],
  ['dashes that are no marker', 'a: |\n  ---\nb: ----\n---x: 1\n', [['a: |\n  ---\nb: ----\n---x: 1\n', 0]]],
  ['empty documents', '---\n---\nid: a\n---\n', [['id: a\n', 2]]],
  ['nothing at all', '', [['', 0]]],
])('%s', (_, source, expected) => {
  expect(splitDocuments(source).map(({ text, line }) => [text, line])).toEqual(expected)
})

test('a problem moves to its place in the whole text', () => {
  const [, second] = splitDocuments('id: a\n---\nid: b\n')
  const range = { start: 4, end: 5, line: 1, column: 5, endLine: 1, endColumn: 6 }
  const diagnostic: Diagnostic = { code: 'INVALID_VALUE', severity: 'error', message: '', path: ['id'], range }
  expect(shiftDiagnostic(diagnostic, second!).range).toEqual({ ...range, start: 14, end: 15, line: 3, endLine: 3 })
})
