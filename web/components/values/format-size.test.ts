import { expect, test } from 'vitest'
import { formatSize } from './format-size'

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1536, '1.5 KiB'],
  [2 ** 31, '2.0 GiB'],
  [2 ** 52, '4096.0 TiB'],
])('%d: %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})
