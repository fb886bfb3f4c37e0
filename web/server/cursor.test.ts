import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor'

test('reads what it wrote', () => {
  const cursor = { createdAt: new Date('2026-11-25T01:02:03.004Z'), id: 'a/é"b' }
  expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
})

test.each(['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('[9e15,"a"]').toString('base64url'), '%%%'])(
  'refuses %j',
  text => {
    expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  },
)
