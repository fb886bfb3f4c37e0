import { expect, test } from 'vitest'
import { parse } from './parse'

test('a template is parsed once, and forgotten when many others came', () => {
  const first = parse('{{ first }}')
  expect(parse('{{ first }}')).toBe(first)
  for (let index = 0; index < 2_000; index += 1) parse(`{{ other${index} }}`)
  expect(parse('{{ first }}')).not.toBe(first)
  expect(parse('{{ first }}')).toEqual(first)
})

test('what is used stays', () => {
  const used = parse('{{ used }}')
  for (let index = 0; index < 2_500; index += 1) {
    parse(`{{ another${index} }}`)
    parse('{{ used }}')
  }
  expect(parse('{{ used }}')).toBe(used)
})

test('long templates do not fill the memory', () => {
  const kept = parse('{{ kept }}')
  parse(`{{ long }}${'x'.repeat(1_000_000)}`)
  expect(parse('{{ kept }}')).not.toBe(kept)
})
