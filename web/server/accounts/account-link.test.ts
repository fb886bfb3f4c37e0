import { expect, test } from 'vitest'
import { checkLink, type LinkRow } from './account-link'

const now = new Date('2026-11-30T12:00:00Z')
const row: LinkRow = {
  userId: 'u',
  email: 'ada@example.com',
  issuedBy: null,
  expiresAt: new Date('2026-11-30T12:00:01Z'),
  usedAt: null,
  user: { email: 'ada@example.com' },
}

test('a link works until its time', () => {
  expect(checkLink(row, 'RESET', now)).toBe(row)
})

test.each<[string, LinkRow | null, RegExp]>([
  ['unknown', null, /is not known: copy it whole/],
  ['used', { ...row, usedAt: now }, /was used already/],
  ['expired', { ...row, expiresAt: now }, /has expired/],
  ['of an address before', { ...row, user: { email: 'new@example.com' } }, /is for ada@example.com, which is not/],
])('one that is %s says so, and what to do', (_, given, message) => {
  for (const [purpose, next] of [
    ['VERIFY', 'account page'],
    ['RESET', 'sign-in page'],
  ] as const) {
    const check = () => checkLink(given, purpose, now)
    expect(check).toThrow(message)
    expect(check).toThrow(`ask for a new one on ${purpose === 'VERIFY' ? 'your' : 'the'} ${next}`)
    expect(check).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  }
})
