import { expect, it } from 'vitest'
import { spanAt, type TimeWindow } from './time-window'

const hour = 3_600_000
const duration = (hours: number, advance = 0, zone = 'UTC'): TimeWindow => ({
  type: 'DURATION_WINDOW',
  windowMs: hours * hour,
  advanceMs: advance * hour,
  zone,
})
const daily = (startTime: string, endTime: string, zone = 'UTC'): TimeWindow => ({
  type: 'DAILY_TIME_WINDOW',
  startTime,
  endTime,
  zone,
})

type Case = [name: string, window: TimeWindow, now: string, span: [from: string, to: string] | undefined]

it.each<Case>([
  ['a day', duration(24), '2026-07-01T13:30:00Z', ['2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z']],
  ['its first moment', duration(24), '2026-07-01T00:00:00Z', ['2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z']],
  ['its last moment', duration(24), '2026-07-01T23:59:59.999Z', ['2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z']],
  ['a day from four', duration(24, 4), '2026-07-01T13:30:00Z', ['2026-07-01T04:00:00Z', '2026-07-02T04:00:00Z']],
  ['before four', duration(24, 4), '2026-07-01T03:30:00Z', ['2026-06-30T04:00:00Z', '2026-07-01T04:00:00Z']],
  ['six hours', duration(6), '2026-07-01T13:30:00Z', ['2026-07-01T12:00:00Z', '2026-07-01T18:00:00Z']],
  ['six hours from three', duration(6, 3), '2026-07-01T13:30:00Z', ['2026-07-01T09:00:00Z', '2026-07-01T15:00:00Z']],
  ['ten minutes', duration(1 / 6), '2026-07-01T13:34:00Z', ['2026-07-01T13:30:00Z', '2026-07-01T13:40:00Z']],
  ['a week, from today on', duration(168), '2026-07-01T13:30:00Z', ['2026-07-01T00:00:00Z', '2026-07-08T00:00:00Z']],
  [
    'a day in Berlin',
    duration(24, 0, 'Europe/Berlin'),
    '2026-07-01T22:30:00Z',
    ['2026-07-01T22:00:00Z', '2026-07-02T22:00:00Z'],
  ],
  [
    'in a daily window',
    daily('09:00:00', '17:00:00'),
    '2026-07-01T09:00:00Z',
    ['2026-07-01T09:00:00Z', '2026-07-01T17:00:00Z'],
  ],
  ['before it', daily('09:00:00', '17:00:00'), '2026-07-01T08:59:59Z', undefined],
  ['after it', daily('09:00:00', '17:00:00'), '2026-07-01T17:00:00Z', undefined],
  [
    'past midnight',
    daily('22:00:00', '02:00:00'),
    '2026-07-02T01:00:00Z',
    ['2026-07-01T22:00:00Z', '2026-07-02T02:00:00Z'],
  ],
  [
    'before midnight',
    daily('22:00:00', '02:00:00'),
    '2026-07-01T23:00:00Z',
    ['2026-07-01T22:00:00Z', '2026-07-02T02:00:00Z'],
  ],
  [
    'at an offset of its own',
    daily('00:00:00+02:00', '09:00:00+02:00'),
    '2026-07-01T22:30:00Z',
    ['2026-07-01T22:00:00Z', '2026-07-02T07:00:00Z'],
  ],
  ['after it, at an offset of its own', daily('00:00:00+02:00', '09:00:00+02:00'), '2026-07-01T07:00:00Z', undefined],
  ['between two nights', daily('22:00:00', '02:00:00'), '2026-07-01T12:00:00Z', undefined],
  [
    'on the day that loses an hour',
    daily('00:00:00', '09:00:00', 'Europe/Berlin'),
    '2026-03-29T05:00:00Z',
    ['2026-03-28T23:00:00Z', '2026-03-29T07:00:00Z'],
  ],
  [
    'on the day that gains an hour',
    daily('00:00:00', '09:00:00', 'Europe/Berlin'),
    '2026-10-25T05:00:00Z',
    ['2026-10-24T22:00:00Z', '2026-10-25T08:00:00Z'],
  ],
  [
    'a time that clocks skip',
    daily('02:30:00', '05:00:00', 'Europe/Berlin'),
    '2026-03-29T02:00:00Z',
    ['2026-03-29T01:30:00Z', '2026-03-29T03:00:00Z'],
  ],
])('%s', (_name, window, now, span) => {
  const found = spanAt(window, new Date(now))
  expect(found).toEqual(span && { from: new Date(span[0]), to: new Date(span[1]) })
})
