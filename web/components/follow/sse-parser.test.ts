import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSseParser } from './sse-parser'

test.each([
  ['data: 1\n\n', [{ event: 'message', data: '1' }]],
  ['id: 7\nevent: progress\ndata: {"a":1}\n\n', [{ event: 'progress', id: '7', data: '{"a":1}' }]],
  ['data: a\ndata: b\n\n', [{ event: 'message', data: 'a\nb' }]],
  [': heartbeat\n\n', []],
  ['data: a: b\r\n\r\n', [{ event: 'message', data: 'a: b' }]],
  ['data: unfinished\n', []],
])('%j', (text, events) => {
  expect(createSseParser()(text)).toEqual(events)
})

test('where the stream is cut makes no difference', () => {
  const text = 'id: 1\ndata: one\n\n: heartbeat\n\nevent: end\nid: 2\ndata: two\n\n'
  const whole = createSseParser()(text)
  expect(whole).toHaveLength(2)
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
      const parse = createSseParser()
      const [first, second] = [Math.min(a, b), Math.max(a, b)]
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)]
      expect(pieces.flatMap(parse)).toEqual(whole)
    }),
  )
})
