import { expect, test } from 'vitest'
import { languageOf } from './language-of'

test.each([
  ['sql/day.sql', 'sql'],
  ['a.b/load.PY', 'python'],
  ['Dockerfile', undefined],
  ['dir.py/notes', undefined],
  ['.constructor', undefined],
  ['flow.yml', 'yaml'],
])('%s is %s', (path, expected) => expect(languageOf(path)).toBe(expected))
