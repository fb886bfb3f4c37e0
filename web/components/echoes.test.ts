import { expect, test } from 'vitest'
import { createEchoes } from './echoes'

test('an older text coming back late is an echo', () => {
  const echoes = createEchoes()
  for (const text of ['a', 'ab', 'abc']) echoes.expect(text)
  expect(echoes.take('ab')).toBe(true)
  expect(echoes.take('abc')).toBe(true)
})

test('what was never reported, or came back already, was set from outside', () => {
  const echoes = createEchoes()
  echoes.expect('a')
  expect(echoes.take('draft')).toBe(false)
  expect(echoes.take('a')).toBe(true)
  expect(echoes.take('a')).toBe(false)
})
