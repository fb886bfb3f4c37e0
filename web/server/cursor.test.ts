import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor'

test('reads what it wrote', () => {
  expect(decodeCursor('byTime', encodeCursor(['2026-11-25T01:02:03.004Z', 'a/é"b']))).toEqual([
    '2026-11-25T01:02:03.004Z',
    'a/é"b',
  ])
  expect(decodeCursor('byName', encodeCursor(['company.team', 'hello']))).toEqual(['company.team', 'hello'])
})

test.each(['', 'x', '%%%', encode('[1]'), encode('["yesterday","a"]'), encode('["2026-11-25T01:02:03Z",1]')])(
  'refuses %j',
  text => {
    expect(() => decodeCursor('byTime', text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  },
)

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}
