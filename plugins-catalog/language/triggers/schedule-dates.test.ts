import { describe, expect, it } from 'vitest'
import { type CronSchedule, datesAfter, listedDates, previousDate } from './schedule-dates'

const berlin = 'Europe/Berlin'

const cases: [name: string, schedule: CronSchedule, after: string, dates: string[]][] = [
  ['every minute', { cron: '* * * * *' }, '2026-01-01T00:00:00Z', ['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z']],
  ['in a zone', { cron: '0 6 * * *', timezone: berlin }, '2026-07-01T00:00:00Z', ['2026-07-01T04:00:00Z']],
  ['seconds', { cron: '*/20 * * * * *', withSeconds: true }, '2026-01-01T00:00:00Z', ['2026-01-01T00:00:20Z']],
  ['a nickname', { cron: '@daily', timezone: berlin }, '2026-01-01T00:00:00Z', ['2026-01-01T23:00:00Z']],
  ['a nickname with seconds', { cron: '@daily', withSeconds: true }, '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z']],
  ['@midnight', { cron: '@midnight' }, '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z']],
  ['@hourly', { cron: '@hourly' }, '2026-01-01T00:00:00Z', ['2026-01-01T01:00:00Z']],
  ['Sunday as 7', { cron: '0 0 * * 7' }, '2026-01-01T00:00:00Z', ['2026-01-04T00:00:00Z']],
  [
    'a day or a weekday',
    { cron: '0 0 13 * 5' },
    '2026-01-09T00:00:00Z',
    ['2026-01-13T00:00:00Z', '2026-01-16T00:00:00Z'],
  ],
  ['the last day', { cron: '0 0 L * *' }, '2026-02-01T00:00:00Z', ['2026-02-28T00:00:00Z']],
  ['the second Monday', { cron: '0 0 * * 1#2' }, '2026-01-01T00:00:00Z', ['2026-01-12T00:00:00Z']],
  ['any day of the month', { cron: '0 0 ? * MON' }, '2026-01-01T00:00:00Z', ['2026-01-05T00:00:00Z']],
  ['a leap day', { cron: '0 0 29 2 *' }, '2026-03-01T00:00:00Z', ['2028-02-29T00:00:00Z']],
  [
    'an hour that spring skips',
    { cron: '30 2 * * *', timezone: berlin },
    '2026-03-28T02:00:00Z',
    ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
  ],
  [
    'an hour that autumn repeats',
    { cron: '30 2 * * *', timezone: berlin },
    '2026-10-24T12:00:00Z',
    ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
  ],
  [
    'every half hour in that hour',
    { cron: '*/30 * * * *', timezone: berlin },
    '2026-10-24T23:30:00Z',
    [
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:00:00Z',
    ],
  ],
]

describe('datesAfter', () => {
  it.each(cases)('%s', (_name, schedule, after, dates) => {
    const found = datesAfter(schedule, new Date(after), dates.length)
    expect(found).toEqual(dates.map(date => new Date(date)))
  })

  it('ends where there are no more dates', () => {
    expect(datesAfter({ cron: '0 0 31 2 *' }, new Date('2026-01-01T00:00:00Z'), 3)).toEqual([])
  })
})

it('knows the date before one', () => {
  expect(previousDate({ cron: '0 * * * *' }, new Date('2026-01-01T12:00:00Z'))).toEqual(
    new Date('2026-01-01T11:00:00Z'),
  )
})

it('takes listed dates in order, those without a zone in the one that is given', () => {
  const dates = listedDates(['2026-03-01T00:00:00+02:00', '2026-01-01T10:00:00', '2025-07-01'], 'Europe/Berlin')
  const first = dates.next(new Date(0))!
  expect(first).toEqual(new Date('2025-06-30T22:00:00Z'))
  expect(dates.next(first)).toEqual(new Date('2026-01-01T09:00:00Z'))
  expect(dates.next(new Date('2026-02-28T22:00:00Z'))).toBeUndefined()
  expect(dates.previous(new Date('2026-01-01T09:00:00Z'))).toEqual(first)
})
