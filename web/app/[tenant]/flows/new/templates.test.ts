import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { templateOf, templates } from './templates'

test('the example is the blueprint', () => {
  const path = new URL('../../../../../plugins-catalog/blueprints/data-pipeline.yaml', import.meta.url)
  expect(templates['data-pipeline']).toBe(readFileSync(path, 'utf8'))
})

test.each([undefined, '', 'nonsense', 'constructor'])('%s starts from a small flow', example => {
  expect(templateOf(example)).toBe(templates.empty)
})
