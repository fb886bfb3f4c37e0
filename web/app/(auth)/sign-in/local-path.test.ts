import { expect, test } from 'vitest'
import { localPath } from './local-path'

test.each([
  [undefined, '/'],
  ['/acme/flows?q=a', '/acme/flows?q=a'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('%s -> %s', (next, path) => {
  expect(localPath(next)).toBe(path)
})
