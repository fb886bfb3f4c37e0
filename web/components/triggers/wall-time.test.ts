import { expect, test } from 'vitest'
import { momentOf, wallTime } from './wall-time'

test.each([
  ['2026-07-01T06:00', 'Europe/Berlin', '2026-07-01T04:00:00.000Z'],
  ['2026-01-01T06:00', 'America/New_York', '2026-01-01T11:00:00.000Z'],
  ['2026-01-01T06:00', 'UTC', '2026-01-01T06:00:00.000Z'],
])('%s in %s', (wall, zone, moment) => {
  expect(momentOf(wall, zone)).toBe(moment)
  expect(wallTime(new Date(moment), zone)).toBe(wall)
})

test('an empty field holds no moment', () => expect(momentOf('', 'UTC')).toBeUndefined())
