import { expect, test } from 'vitest'
import { safeFileName } from './store-input-file'

test.each([
  ['data.csv', 'data.csv'],
  ['C:\\Users\\me\\data.csv', 'data.csv'],
  ['../../etc/passwd', 'passwd'],
  ['..', 'file'],
  ['', 'file'],
  ['a/', 'file'],
  ['a\nb\0.txt', 'a_b_.txt'],
  [`${'x'.repeat(300)}.csv`, `${'x'.repeat(146)}.csv`],
])('%j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe)
})
