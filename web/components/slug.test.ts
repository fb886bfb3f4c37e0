import { expect, test } from 'vitest'
import { slugOf } from './slug'

test.each([
  ['Acme', 'acme'],
  ['Ärzte & Co.', 'arzte-co'],
  ['  data  team ', 'data-team'],
  ['日本', ''],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%s -> %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
