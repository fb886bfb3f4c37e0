import { expect, test } from 'vitest'
import { childPath } from './expression-path'

test.each([
  ['outputs', 'extract', 'outputs.extract'],
  ['outputs', 'my-task', "outputs['my-task']"],
  ['outputs.a', 'products.json', "outputs.a['products.json']"],
  ['outputs.a', 0, 'outputs.a[0]'],
  ['outputs.a', "it's", "outputs.a['it\\'s']"],
  ['outputs.a', '1', "outputs.a['1']"],
])('%s and %s: %s', (path, key, expected) => {
  expect(childPath(path, key)).toBe(expected)
})
