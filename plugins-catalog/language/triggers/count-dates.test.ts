import { expect, it } from 'vitest'
import { countDates } from './count-dates'
import { cronDates, listedDates } from './schedule-dates'

const berlin = 'Europe/Berlin'
const at = (text: string) => new Date(text)

it.each([
  ['both ends', cronDates({ cron: '0 * * * *' }), '2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z', 4],
  ['none', cronDates({ cron: '0 0 1 1 *' }), '2026-01-02T00:00:00Z', '2026-12-31T00:00:00Z', 0],
  [
    'one day with 23 hours',
    cronDates({ cron: '0 * * * *', timezone: berlin }),
    '2026-03-28T23:00:00Z',
    '2026-03-29T21:59:00Z',
    23,
  ],
  [
    'listed',
    listedDates(['2026-01-01', '2026-01-02', '2026-02-01']),
    '2026-01-01T00:00:00Z',
    '2026-01-31T00:00:00Z',
    2,
  ],
  ['a thousand', cronDates({ cron: '* * * * *' }), '2026-01-01T00:00:00Z', '2026-01-01T16:39:00Z', 1000],
] as const)('%s', (_name, dates, start, end, count) => {
  expect(countDates(dates, at(start), at(end))).toEqual({ count, isExact: true })
})

const year = 365 * 24 * 60
it.each([
  ['each second of ten years', cronDates({ cron: '* * * * * *', withSeconds: true }), 10, 10 * 60 * year],
  ['each minute of Mondays', cronDates({ cron: '* * * * 1' }), 1, year / 7],
  ['office hours', cronDates({ cron: '*/5 9-16 * * 1-5', timezone: berlin }), 1, ((year / 5) * 8 * 5) / (24 * 7)],
  ['twice a day', cronDates({ cron: '0 9,17 * * *' }), 30, 30 * 365 * 2],
] as const)('estimates %s', (_name, dates, years, expected) => {
  const { count, isExact } = countDates(dates, at('2010-01-01T00:00:00Z'), at(`${2010 + years}-01-01T00:00:00Z`))
  expect(isExact).toBe(false)
  expect(count / expected).toBeGreaterThan(0.7)
  expect(count / expected).toBeLessThan(1.4)
})
