import { describe, expect, it } from 'vitest'
import { listedDates } from '#language/triggers/schedule-dates'
import { cronExpressions, scheduleSpec } from './schedule-spec'

describe('cronExpressions', () => {
  it.each<[cron: string, withSeconds: boolean, expressions: string[]]>([
    ['*/5 * * * *', false, ['*/5 * * * *']],
    [' @Daily ', false, ['@daily']],
    ['@midnight', true, ['@daily']],
    ['0 6 * * MON-FRI', false, ['0 6 * * MON-FRI']],
    ['0 6 13 * WED', false, ['0 6 13 * *', '0 6 * * WED']],
    ['0 6 L * *', false, ['0 6 * * *']],
    ['0 6 15W * ?', false, ['0 6 * * *']],
    ['0 6 ? JUL 1#2', false, ['0 6 * JUL *']],
    ['*/10 * * * * *', true, ['*/10 * * * * * *']],
    ['0 0 6 1 * 5', true, ['0 0 6 1 * * *', '0 0 6 * * 5 *']],
  ])('%s', (cron, withSeconds, expressions) => expect(cronExpressions(cron, { withSeconds })).toEqual(expressions))
})

it('lists the dates of a schedule that has no expression, those to come', () => {
  const dates = listedDates(['2026-01-01T00:00:00Z', '2026-03-04T05:06:07Z'])
  expect(scheduleSpec({ dates: [] }, dates, new Date('2026-02-01T00:00:00Z'))).toEqual({
    calendars: [{ year: 2026, month: 'MARCH', dayOfMonth: 4, hour: 5, minute: 6, second: 7 }],
  })
})
